// _types: names for the built-in types that have none among the built-ins; the rest of `types` is types.py.
#include "stdlib/modules.h"
#include "vm/errors.h"
#include "vm/types/class.h"
#include "vm/types/function.h"
#include "vm/types/module.h"

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

// What the decorator types.coroutine() needs: the function, whose generators can be awaited from now on. Its code object may be shared with
// other functions made by the same def: it gets a copy.
static Value types_make_awaitable(VM *vm, const Value *args, int argc) {
    if (!is_function(args[0]) || !(to_function(args[0])->code->flags & CODE_GENERATOR)) return raise_type_error(vm, "a generator function is needed");
    Function *function = to_function(args[0]);
    Code *code = code_copy(vm, function->code);
    if (code == NULL) return ERROR;
    code->flags |= CODE_ITERABLE_COROUTINE;
    function->code = code;
    gc_write_barrier(vm, function);
    return args[0];
}

static const NativeDef types_functions[] = {
    {"make_awaitable(function, /)", types_make_awaitable, "Lets the generators of a generator function be awaited.", 0},
    {0},
};

static bool types_names_init(VM *vm, Module *module) {
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (!module_add(vm, module, type_names[i].name, from_object(*(Class **)((char *)&vm->types + type_names[i].type)))) return false;
    return true;
}

const ModuleDef module_types_names = {"_types", "The built-in types by name, for types.py.", types_functions, types_names_init};
