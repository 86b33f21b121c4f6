// types: names for the built-in types that have none among the built-ins, and dynamic class creation.
#include "stdlib/modules.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

typedef struct TypeName { const char *name; size_t type; } TypeName;
#define TYPE_NAME(name, field) {name, offsetof(Types, field)}
static const TypeName type_names[] = {
    TYPE_NAME("FunctionType", function), TYPE_NAME("LambdaType", function), TYPE_NAME("CodeType", code), TYPE_NAME("MappingProxyType", mappingproxy),
    TYPE_NAME("SimpleNamespace", simple_namespace), TYPE_NAME("CellType", cell), TYPE_NAME("GeneratorType", generator), TYPE_NAME("CoroutineType", coroutine),
    TYPE_NAME("AsyncGeneratorType", async_generator), TYPE_NAME("MethodType", method), TYPE_NAME("BuiltinFunctionType", native),
    TYPE_NAME("BuiltinMethodType", native), TYPE_NAME("WrapperDescriptorType", wrapper_descriptor), TYPE_NAME("MethodWrapperType", method_wrapper),
    TYPE_NAME("MethodDescriptorType", method_descriptor), TYPE_NAME("ClassMethodDescriptorType", classmethod_descriptor), TYPE_NAME("ModuleType", module),
    TYPE_NAME("TracebackType", traceback), TYPE_NAME("FrameType", frame), TYPE_NAME("GetSetDescriptorType", getset_descriptor),
    TYPE_NAME("MemberDescriptorType", member_descriptor), TYPE_NAME("GenericAlias", generic_alias), TYPE_NAME("UnionType", union_type),
    TYPE_NAME("EllipsisType", ellipsis), TYPE_NAME("NoneType", none), TYPE_NAME("NotImplementedType", not_implemented),
};

// Bases with __mro_entries__ replaced by what that gives.
static Value types_resolve_bases(VM *vm, const Value *args, int argc) {
    Tuple *bases = tuple_from_iterable(vm, args[0]);
    List *resolved = bases == NULL ? NULL : list_new(vm, bases->count);
    if (resolved == NULL) return ERROR;
    bool changed = false;
    for (size_t i = 0; i < bases->count; i++) {
        Value base = bases->items[i];
        Value entries = is_class(base) ? UNDEFINED : attr_get_optional(vm, base, vm->names.__mro_entries__);
        if (is_error(entries)) return ERROR;
        if (is_undefined(entries)) {
            if (!list_append(vm, resolved, base)) return ERROR;
            continue;
        }
        Value replacement = call1(vm, entries, from_object(bases));
        if (is_error(replacement)) return ERROR;
        if (!is_tuple(replacement)) return raise_type_error(vm, "__mro_entries__ must return a tuple");
        changed = true;
        if (!list_extend(vm, resolved, replacement)) return ERROR;
    }
    if (!changed) return args[0];
    Tuple *result = tuple_from_list(vm, resolved);
    return result != NULL ? from_object(result) : ERROR;
}

// new_class(name, bases, kwds, exec_body): the metaclass is the keyword's or the first base's; the body fills the namespace.
static Value types_new_class(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0])) return raise_type_error(vm, "new_class() argument 'name' must be str, not %T", args[0]);
    Value bases = from_object(vm->empty_tuple);
    if (arg_given(args, argc, 1)) {
        Value resolved = types_resolve_bases(vm, args + 1, 1);
        Tuple *tuple = is_error(resolved) ? NULL : tuple_from_iterable(vm, resolved);
        if (tuple == NULL) return ERROR;
        bases = from_object(tuple);
    }
    Dict *keywords = arg_given(args, argc, 2) && is_dict(args[2]) ? dict_copy(vm, to_dict(args[2])) : dict_new(vm);
    if (keywords == NULL) return ERROR;
    Value metaclass = dict_get_str(vm, keywords, vm->names.metaclass);
    if (!is_undefined(metaclass)) {
        if (dict_delete(vm, keywords, from_object(vm->names.metaclass)) < 0) return ERROR;
    } else {
        Tuple *tuple = to_tuple(bases);
        metaclass = from_object(tuple->count > 0 ? class_of(vm, tuple->items[0]) : vm->types.type);
    }
    Value prepare_args[2] = {args[0], bases};
    Value prepare = is_class(metaclass) ? attr_get_optional(vm, metaclass, vm->names.__prepare__) : UNDEFINED;
    Tuple *positional = tuple_from_values(vm, prepare_args, 2);
    if (is_error(prepare) || positional == NULL) return ERROR;
    Value namespace;
    if (is_undefined(prepare)) {
        Dict *fresh = dict_new(vm);
        namespace = fresh != NULL ? from_object(fresh) : ERROR;
    } else {
        namespace = call_ex(vm, prepare, from_object(positional), from_object(keywords));
    }
    if (is_error(namespace)) return ERROR;
    if (arg_given(args, argc, 3) && !is_none(args[3]) && is_error(call1(vm, args[3], namespace))) return ERROR;
    Tuple *all = tuple_pack(vm, 3, args[0], bases, namespace);
    return all == NULL ? ERROR : call_ex(vm, metaclass, from_object(all), from_object(keywords));
}

static const NativeDef types_functions[] = {
    {"new_class(name, bases=(), kwds=None, exec_body=None)", types_new_class, "Create a class object dynamically using the appropriate metaclass.", 0},
    {"resolve_bases(bases)", types_resolve_bases, "Resolve MRO entries dynamically as specified by PEP 560.", 0},
    {0},
};

static bool types_init(VM *vm, Module *module) {
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (!module_add(vm, module, type_names[i].name, from_object(*(Class **)((char *)&vm->types + type_names[i].type)))) return false;
    return true;
}

const ModuleDef module_types = {"types", "Define names for built-in types that aren't directly accessible as a builtin.", types_functions, types_init};
