// Cells: variables shared by closures.
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/function.h"
#include "vm/types/str.h"

Value cell_new(VM *vm, Value content) {
    Class *cls = vm->types.cell;
    Shape *shape = cls->root_shape != NULL ? cls->root_shape : class_shape(vm, cls);
    Cell *cell = shape == NULL ? NULL : object_new(vm, KIND_CELL, shape, sizeof *cell);
    if (cell == NULL) return ERROR;
    cell->content = content;
    return from_object(cell);
}

void cell_trace(VM *vm, Object *object) {
    gc_mark_value(vm, ((Cell *)object)->content);
}

static Cell *to_cell(Value v) { return (Cell *)to_object(v); }

static Value cell_get_contents(VM *vm, Value self) {
    Value content = to_cell(self)->content;
    return is_undefined(content) ? raise_value_error(vm, "Cell is empty") : content;
}

static Value cell_set_contents(VM *vm, Value self, Value value) {
    to_cell(self)->content = value;
    gc_write_barrier(vm, to_cell(self));
    return NONE;
}

static Value cell_create(VM *vm, const Value *args, int argc) {
    return cell_new(vm, arg_or(args, argc, 1, UNDEFINED));
}

static Value cell_repr(VM *vm, const Value *args, int argc) {
    Value content = to_cell(args[0])->content;
    long long id = (long long)object_id(vm, args[0]);
    Str *s = is_undefined(content) ? str_printf(vm, "<cell at 0x%llx: empty>", id)
                                   : str_printf(vm, "<cell at 0x%llx: %T object at 0x%llx>", id, content, (long long)object_id(vm, content));
    return s == NULL ? ERROR : from_object(s);
}

// Cells are ordered by what they hold, an empty one before all others.
static Value cell_compare(VM *vm, CompareOp op, Value a, Value b) {
    if (!is_kind(b, KIND_CELL)) return NOT_IMPLEMENTED;
    Value left = to_cell(a)->content, right = to_cell(b)->content;
    if (!is_undefined(left) && !is_undefined(right)) return compare_values(vm, op, left, right);
    return compare_values(vm, op, from_int(!is_undefined(left)), from_int(!is_undefined(right)));
}

static Value cell_lt(VM *vm, const Value *args, int argc) { return cell_compare(vm, COMPARE_LT, args[0], args[1]); }
static Value cell_le(VM *vm, const Value *args, int argc) { return cell_compare(vm, COMPARE_LE, args[0], args[1]); }
static Value cell_eq(VM *vm, const Value *args, int argc) { return cell_compare(vm, COMPARE_EQ, args[0], args[1]); }
static Value cell_ne(VM *vm, const Value *args, int argc) { return cell_compare(vm, COMPARE_NE, args[0], args[1]); }
static Value cell_gt(VM *vm, const Value *args, int argc) { return cell_compare(vm, COMPARE_GT, args[0], args[1]); }
static Value cell_ge(VM *vm, const Value *args, int argc) { return cell_compare(vm, COMPARE_GE, args[0], args[1]); }

static const NativeDef cell_methods[] = {
    {"__new__(cls, contents=?, /)", cell_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", cell_repr, NULL, NATIVE_METHOD},
    {"__lt__(self, value, /)", cell_lt, NULL, NATIVE_METHOD},
    {"__le__(self, value, /)", cell_le, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", cell_eq, NULL, NATIVE_METHOD},
    {"__ne__(self, value, /)", cell_ne, NULL, NATIVE_METHOD},
    {"__gt__(self, value, /)", cell_gt, NULL, NATIVE_METHOD},
    {"__ge__(self, value, /)", cell_ge, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef cell_getsets[] = {
    {"cell_contents", cell_get_contents, cell_set_contents, NULL},
    {0},
};

bool cell_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.cell, .instance_size = sizeof(Cell), .methods = cell_methods, .getsets = cell_getsets});
}
