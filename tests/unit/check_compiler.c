// The compiler: the instructions that known sources become, positions, errors, and serialised units.
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/compile.h"
#include "compiler/disasm.h"
#include "compiler/marshal.h"
#include "compiler/verify.h"
#include "lexer/lexer.h"
#include "parser/parser.h"

static Arena arena;
static FrontEnd fe;
static Buf text;

static void start(void) {
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    text = buf_of(&allocator_of_libc);
}

static void finish(void) {
    arena_free(&arena);
    buf_free(&text);
}

// NULL when the source was refused, with fe.diagnostic set.
static const CodeUnit *compile_with(const char *source, ParseMode mode, CompileOptions options) {
    arena_free(&arena);
    front_end_init(&fe, &arena, "f.py", 0);
    if (setjmp(fe.leave) != 0) return NULL;
    source_read(&fe, source, strlen(source));
    lexer_run(&fe);
    return compiler_compile(&fe, parser_parse(&fe, mode), options);
}

static const CodeUnit *compile(const char *source) {
    const CodeUnit *code = compile_with(source, PARSE_EXEC, (CompileOptions){0});
    if (code != NULL) ck_assert_pstr_eq(codeunit_problem(code, true), NULL);
    return code;
}

// The unit of the first function, class or lambda among the constants.
static const CodeUnit *inner(const CodeUnit *code) {
    ck_assert_ptr_nonnull(code);
    for (uint32_t i = 0; i < code->constant_count; i++) {
        if (code->constants[i].kind == CONSTANT_CODE) return code->constants[i].as.code;
    }
    ck_abort_msg("no inner code");
}

// The opcodes of a unit, separated by blanks.
static const char *opcodes(const CodeUnit *code) {
    text.length = 0;
    for (uint32_t at = 0; at < code->word_count; at += 1u + opcode_cache_words[word_op(code->words[at])]) {
        buf_printf(&text, "%s%s", at == 0 ? "" : " ", opcode_names[word_op(code->words[at])]);
    }
    return text.data;
}

#define ck_function(source, expected) ck_assert_str_eq(opcodes(inner(compile(source))), expected)

START_TEST(operands_are_read_in_place) {
    ck_function("def f(a, b):\n  x = a + b\n  return x\n", "ADD RETURN");
    ck_function("def f(a):\n  return a.b[1] - 2\n", "LOAD_ATTR LOAD_ITEM_INT SUB_INT RETURN");
    ck_function("def f(a, b):\n  a, b = b, a\n", "MOVE MOVE MOVE LOAD_CONST RETURN");
    ck_function("def f(x):\n  return x + (x := 1)\n", "MOVE LOAD_INT ADD RETURN");
}
END_TEST

START_TEST(conditions_make_no_booleans) {
    ck_function("def f(n):\n  return 1 if n < 2 else 3\n", "JUMP_NOT_LT_INT LOAD_INT RETURN LOAD_INT RETURN");
    ck_function("def f(a, b):\n  if a and not b: g()\n",
                "JUMP_IF_NOT JUMP_IF LOAD_GLOBAL CALL LOAD_CONST RETURN");
    ck_function("def f(a):\n  while a is not None: a = a.next\n",
                "JUMP_IF_NONE LOAD_ATTR JUMP_IF_NOT_NONE LOAD_CONST RETURN");
}
END_TEST

START_TEST(loops_test_at_the_bottom) {
    ck_function("def f(a):\n  for k, v in a: pass\n", "FOR_PREP UNPACK FOR_ITER LOAD_CONST RETURN");
    ck_function("def f():\n  while True: g()\n", "LOAD_GLOBAL CALL JUMP_BACK");
}
END_TEST

START_TEST(comprehensions_are_inlined) {
    ck_function("def f(a):\n  return [x for x in a if x]\n",
                "BUILD_LIST FOR_PREP JUMP_IF_NOT LIST_APPEND FOR_ITER RETURN");
    const CodeUnit *body = inner(compile("class A:\n  x = [i for i in y]\n"));
    ck_assert_str_eq(inner(body)->name.data, "<listcomp>");
    ck_assert_str_eq(inner(inner(compile("def f(a):\n  return [locals() for x in a]\n")))->name.data, "<listcomp>");
}
END_TEST

START_TEST(bound_locals_are_not_checked) {
    ck_function("def f(a):\n  if a: x = 1\n  else: x = 2\n  return x\n",
                "JUMP_IF_NOT LOAD_INT RETURN LOAD_INT RETURN");
    ck_function("def f(a):\n  if a: x = 1\n  return x\n", "JUMP_IF_NOT LOAD_INT CHECK_LOCAL RETURN");
    ck_function("def f(a):\n  for x in a: pass\n  return x\n", "FOR_PREP FOR_ITER CHECK_LOCAL RETURN");
    ck_function(
        "def f(a):\n  try: x = a()\n  except E: pass\n  return x\n",
        "MOVE CALL MOVE JUMP PUSH_HANDLED LOAD_GLOBAL MATCH_EXC JUMP_IF_NOT POP_HANDLED JUMP POP_HANDLED RERAISE "
        "CHECK_LOCAL RETURN");
}
END_TEST

START_TEST(constants_are_folded) {
    ck_function("def f():\n  return 2 * 3 + 4\n", "LOAD_INT RETURN");
    const CodeUnit *code = inner(compile("def f(x):\n  return x in {1, 2}, (1, (2, -3)), 'a' * 3\n"));
    ck_assert_int_eq(code->constants[0].kind, CONSTANT_FROZENSET);
    ck_assert_int_eq(code->constants[1].kind, CONSTANT_TUPLE);
    ck_assert_int_eq((int)code->constants[2].as.bytes.size, 3);
    ck_function("def f():\n  if 0: g()\n  return 1 // 0\n", "LOAD_INT FLOORDIV_INT RETURN");
}
END_TEST

START_TEST(captured_variables_are_cells) {
    const CodeUnit *f = inner(compile("def f(a):\n  b = 1\n  return lambda: a + b\n"));
    ck_assert_str_eq(opcodes(f), "MAKE_CELL MAKE_CELL LOAD_INT STORE_CELL MAKE_FUNCTION RETURN");
    ck_assert_uint_eq(f->cell_count, 2);
    const CodeUnit *lambda = inner(f);
    ck_assert_uint_eq(lambda->free_count, 2);
    ck_assert(!lambda->captures[0].from_free && lambda->captures[0].index == 0);
    const CodeUnit *method = inner(inner(compile("class A:\n  def m(self): return super()\n")));
    ck_assert_str_eq(method->free_names[0].data, "__class__");
    ck_assert_str_eq(method->qualname.data, "A.m");
}
END_TEST

START_TEST(handlers_are_innermost_first) {
    const CodeUnit *f = inner(compile("def f():\n  try:\n    try: g()\n    except E: pass\n  finally: h()\n"));
    ck_assert_uint_ge(f->handler_count, 3);
    for (uint32_t i = 1; i < f->handler_count; i++) {
        const Handler *inner_one = &f->handlers[i - 1], *outer = &f->handlers[i];
        bool contains = inner_one->start <= outer->start && outer->end <= inner_one->end;
        ck_assert(!contains || (inner_one->start == outer->start && inner_one->end == outer->end) ||
                  outer->start >= inner_one->end);
    }
}
END_TEST

START_TEST(positions_cover_expressions) {
    const CodeUnit *code = compile("x = 1\ny = abc + (\n  d)\n");
    for (uint32_t at = 0; at < code->word_count; at += 1u + opcode_cache_words[word_op(code->words[at])]) {
        if (word_op(code->words[at]) != OP_ADD) continue;
        CodePosition p = position_find(code->positions, code->positions_size, at);
        ck_assert(p.line == 2 && p.end_line == 3 && p.column == 4 && p.end_column == 4);
        return;
    }
    ck_abort_msg("no ADD");
}
END_TEST

START_TEST(long_jumps_are_relaxed) {
    Buf source = buf_of(&allocator_of_libc);
    buf_text(&source, "def f(a):\n  for i in a:\n    if i < 3:\n");
    for (int i = 0; i < 9000; i++) buf_text(&source, "      a.b(i)\n");
    ck_assert(!source.failed);
    const CodeUnit *f = inner(compile(source.data));
    ck_assert_uint_gt(f->word_count, 40000);
    ck_assert_pstr_eq(codeunit_problem(f, true), NULL);
    buf_free(&source);
}
END_TEST

static const struct {
    const char *source, *message;
    int lineno, offset;
} refused[] = {
    {"def f(a, a): pass", "duplicate argument 'a' in function definition", 1, 10},
    {"return", "'return' outside function", 1, 1},
    {"break", "'break' outside loop", 1, 1},
    {"def f():\n  x\n  global x", "name 'x' is used prior to global declaration", 3, 3},
    {"nonlocal x", "nonlocal declaration not allowed at module level", 1, 1},
    {"[i := 0 for i in x]", "assignment expression cannot rebind comprehension iteration variable 'i'", 1, 2},
    {"try: pass\nexcept: pass\nexcept X: pass", "default 'except:' must be last", 2, 1},
    {"*a, *b = c", "multiple starred expressions in assignment", 1, 1},
    {"from __future__ import foo", "future feature foo is not defined", 1, 1},
    {"match x:\n  case a | b: pass", "name capture 'a' makes remaining patterns unreachable", 2, 8},
    {"__debug__ = 1", "cannot assign to __debug__", 1, 1},
};

START_TEST(errors_are_placed) {
    const char *source = refused[_i].source;
    ck_assert_ptr_null(compile(source));
    ck_assert_str_eq(fe.diagnostic.message, refused[_i].message);
    ck_assert_int_eq(fe.diagnostic.lineno, refused[_i].lineno);
    ck_assert_int_eq(fe.diagnostic.offset, refused[_i].offset);
}
END_TEST

START_TEST(warnings_come_once) {
    ck_assert_ptr_nonnull(compile("while x is 1: pass\n"));
    ck_assert_uint_eq(fe.warnings.count, 1);
    ck_assert_str_eq(fe.warnings.items[0].message, "\"is\" with a literal. Did you mean \"==\"?");
}
END_TEST

START_TEST(modes_and_options) {
    ck_assert_str_eq(opcodes(compile_with("a + 1", PARSE_EVAL, (CompileOptions){0})), "LOAD_NAME ADD_INT RETURN");
    ck_assert_str_eq(opcodes(compile_with("a\n", PARSE_SINGLE, (CompileOptions){0})),
                     "LOAD_NAME PRINT_EXPR LOAD_CONST RETURN");
    ck_assert_str_eq(opcodes(compile_with("assert a\n", PARSE_EXEC, (CompileOptions){.optimize = 1})),
                     "LOAD_CONST RETURN");
    ck_assert_ptr_null(compile_with("await a\n", PARSE_EXEC, (CompileOptions){0}));
    const CodeUnit *code = compile_with("await a\n", PARSE_EXEC, (CompileOptions){.top_level_await = true});
    ck_assert(code->flags & CODE_COROUTINE);
}
END_TEST

START_TEST(postponed_annotations_are_text) {
    const CodeUnit *code = compile("from __future__ import annotations\nx: Dict[str,  'a'] | None\n");
    bool found = false;
    for (uint32_t i = 0; i < code->constant_count; i++) {
        const UnitConstant *k = &code->constants[i];
        if (k->kind == CONSTANT_STR && strcmp(k->as.bytes.data, "Dict[str, 'a'] | None") == 0) found = true;
    }
    ck_assert(found);
}
END_TEST

static const char marshalled[] =
    "import a.b as c\n"
    "def f(x, *y, k=1.5, **z):\n"
    "  'doc'\n"
    "  try: return [lambda: (x, i, 10**30, 2j, b'q', {1, 2}) for i in y if i in {3, 4}]\n"
    "  except E as e: raise G(k=e)\n"
    "class C(f, m=1): x: int = 99999999999999999999\n";

START_TEST(units_survive_serialising) {
    const CodeUnit *code = compile(marshalled);
    Buf bytes = buf_of(&allocator_of_libc), before = buf_of(&allocator_of_libc), after = buf_of(&allocator_of_libc);
    codeunit_write(&bytes, code);
    disassemble(&before, code);
    const char *problem;
    const CodeUnit *again = codeunit_read(&arena, bytes.data, bytes.length, &problem);
    ck_assert_pstr_eq(problem, NULL);
    disassemble(&after, again);
    ck_assert_str_eq(before.data, after.data);
    buf_free(&bytes);
    buf_free(&before);
    buf_free(&after);
}
END_TEST

START_TEST(damaged_units_are_refused) {
    const CodeUnit *code = compile(marshalled);
    Buf bytes = buf_of(&allocator_of_libc);
    codeunit_write(&bytes, code);
    const char *problem;
    for (size_t size = 0; size < bytes.length; size++) {
        ck_assert_ptr_null(codeunit_read(&arena, bytes.data, size, &problem));
        ck_assert_ptr_nonnull(problem);
    }
    // A flipped bit is refused, or makes another unit that is sound.
    for (size_t i = 0; i < bytes.length * 8; i += 3) {
        bytes.data[i / 8] ^= (char)(1 << (i % 8));
        const CodeUnit *other = codeunit_read(&arena, bytes.data, bytes.length, &problem);
        if (other != NULL) ck_assert_pstr_eq(codeunit_problem(other, true), NULL);
        bytes.data[i / 8] ^= (char)(1 << (i % 8));
    }
    buf_free(&bytes);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("compiler");
    TCase *cases = tcase_create("compiler");
    tcase_add_checked_fixture(cases, start, finish);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, operands_are_read_in_place);
    tcase_add_test(cases, conditions_make_no_booleans);
    tcase_add_test(cases, loops_test_at_the_bottom);
    tcase_add_test(cases, comprehensions_are_inlined);
    tcase_add_test(cases, bound_locals_are_not_checked);
    tcase_add_test(cases, constants_are_folded);
    tcase_add_test(cases, captured_variables_are_cells);
    tcase_add_test(cases, handlers_are_innermost_first);
    tcase_add_test(cases, positions_cover_expressions);
    tcase_add_test(cases, long_jumps_are_relaxed);
    tcase_add_loop_test(cases, errors_are_placed, 0, sizeof refused / sizeof *refused);
    tcase_add_test(cases, warnings_come_once);
    tcase_add_test(cases, modes_and_options);
    tcase_add_test(cases, postponed_annotations_are_text);
    tcase_add_test(cases, units_survive_serialising);
    tcase_add_test(cases, damaged_units_are_refused);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
