// The operations outside the dispatch loop; see interp.h for how they answer.
#ifndef COIL_VM_LOOP_OPS_H
#define COIL_VM_LOOP_OPS_H

#include "vm/interp.h"

// loop_names.c: variables, attributes, functions
LoopOperation loop_op_unbound_local, loop_op_unbound_cell, loop_op_unbound_free, loop_op_load_class_free, loop_op_load_global, loop_op_store_global,
    loop_op_delete_global, loop_op_load_name, loop_op_store_name, loop_op_delete_name, loop_op_load_attr, loop_op_store_attr,
    loop_op_delete_attr, loop_op_load_method, loop_op_make_function, loop_op_load_build_class;

// loop_operators.c: arithmetic, comparison, truth, items
LoopOperation loop_op_binary, loop_op_binary_int, loop_op_unary, loop_op_not, loop_op_compare, loop_op_jump_compare,
    loop_op_jump_compare_int, loop_op_jump_if, loop_op_in, loop_op_load_item, loop_op_load_item_int, loop_op_store_item, loop_op_delete_item,
    loop_op_load_slice, loop_op_store_slice, loop_op_build_slice, loop_op_native_failed, loop_op_get_len;
Frame *loop_operator_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v);

// loop_iterate.c: displays, unpacking, iteration. The third word of a FOR_ITER's state says what the first two are; a range has an int
// in the first.
enum { FOR_LIST = 1, FOR_TUPLE, FOR_ITERATOR, FOR_PAIRS, FOR_GENERATOR, FOR_OBJECT };
LoopOperation loop_op_build_set, loop_op_build_dict, loop_op_list_extend, loop_op_list_to_tuple, loop_op_set_add, loop_op_set_update,
    loop_op_dict_set, loop_op_dict_update, loop_op_dict_merge, loop_op_format_value, loop_op_build_string, loop_op_unpack,
    loop_op_unpack_ex, loop_op_get_iter, loop_op_for_prep, loop_op_for_iter;
Frame *loop_iterate_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v);
Frame *loop_format_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v);

// An exception is about to leave a frame for `frame`, which waits in an instruction: when that loads an attribute, what is missing in an
// AttributeError is filled in.
void loop_attribute_raised(VM *vm, Frame *frame);   // loop_names.c
// The method in which an attribute load began has returned; or it has raised AttributeError and __getattr__ is next (NULL: there is none).
enum { ATTRIBUTE_LAST, ATTRIBUTE_FIRST };   // steps: nothing comes after this method; __getattr__ does
Frame *loop_attribute_continue(VM *vm, Frame *frame, Word in, Value v);
Frame *loop_attribute_fallback(VM *vm, Frame *frame, Word in);
static inline bool is_method_load(Opcode op) {
    return op == OP_LOAD_METHOD || (op >= OP_LOAD_METHOD_FUNCTION && op <= OP_LOAD_METHOD_OF_CLASS);
}
static inline bool is_attribute_load(Opcode op) {
    return op == OP_LOAD_ATTR || (op >= OP_LOAD_ATTR_SLOT && op <= OP_LOAD_ATTR_PROPERTY) || is_method_load(op);
}

// loop_rare.c: exceptions, with, imports, match
LoopOperation loop_op_match_exc, loop_op_match_exc_star, loop_op_reraise_star, loop_op_raise, loop_op_with_lookup, loop_op_with_exit_exc,
    loop_op_end_async_for, loop_op_import_name, loop_op_import_from, loop_op_import_star, loop_op_setup_annotations, loop_op_print_expr,
    loop_op_match_keys, loop_op_match_rest, loop_op_match_class, loop_op_intrinsic;

#endif
