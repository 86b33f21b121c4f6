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

static const NativeDef cell_methods[] = {
    {"__new__(cls, contents=?, /)", cell_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", cell_repr, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef cell_getsets[] = {
    {"cell_contents", cell_get_contents, cell_set_contents, NULL},
    {0},
};

bool cell_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.cell, .instance_size = sizeof(Cell), .methods = cell_methods, .getsets = cell_getsets});
}
