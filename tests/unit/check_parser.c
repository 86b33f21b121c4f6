// The parser: trees as Python's ast.dump() prints them, positions, errors as CPython 3.11 words and places them, and
// sources that nest or go on without end.
#include "parser/ast_dump.h"
#include "lexer/lexer.h"
#include "parser/parser.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *source, *expected;
} TreeCase, ErrorCase;

// The expectations of both tables are what CPython 3.11 prints: bodies without their Module, and errors with
// [lineno:offset-end_lineno:end_offset]. Errors inside f-strings are placed in the real source, which 3.11 does not do,
// and have no position here.
static const TreeCase tree_cases[] = {
    {"x = 1\n",
     "Assign(targets=[Name(id='x', ctx=Store())], value=Constant(value=1))"},
    {"x = y = *a, b\n",
     "Assign(targets=[Name(id='x', ctx=Store()), Name(id='y', ctx=Store())], value=Tuple(elts=[S"
     "tarred(value=Name(id='a', ctx=Load()), ctx=Load()), Name(id='b', ctx=Load())], ctx=Load())"
     ")"},
    {"(a, [b, *c]) = d\n",
     "Assign(targets=[Tuple(elts=[Name(id='a', ctx=Store()), List(elts=[Name(id='b', ctx=Store()"
     "), Starred(value=Name(id='c', ctx=Store()), ctx=Store())], ctx=Store())], ctx=Store())], v"
     "alue=Name(id='d', ctx=Load()))"},
    {"a.b += c[1:2, ::3, ...]\n",
     "AugAssign(target=Attribute(value=Name(id='a', ctx=Load()), attr='b', ctx=Store()), op=Add("
     "), value=Subscript(value=Name(id='c', ctx=Load()), slice=Tuple(elts=[Slice(lower=Constant("
     "value=1), upper=Constant(value=2)), Slice(step=Constant(value=3)), Constant(value=Ellipsis"
     ")], ctx=Load()), ctx=Load()))"},
    {"x: int = 5\n",
     "AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load()), value=C"
     "onstant(value=5), simple=1)"},
    {"(x): int\n",
     "AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load()), simple="
     "0)"},
    {"a.b: int\n",
     "AnnAssign(target=Attribute(value=Name(id='a', ctx=Load()), attr='b', ctx=Store()), annotat"
     "ion=Name(id='int', ctx=Load()), simple=0)"},
    {"del a, (b, c), [d], e[0]\n",
     "Delete(targets=[Name(id='a', ctx=Del()), Tuple(elts=[Name(id='b', ctx=Del()), Name(id='c',"
     " ctx=Del())], ctx=Del()), List(elts=[Name(id='d', ctx=Del())], ctx=Del()), Subscript(value"
     "=Name(id='e', ctx=Load()), slice=Constant(value=0), ctx=Del())])"},
    {"1 + 2 * -3 ** ~4 // 5 @ 6\n",
     "Expr(value=BinOp(left=Constant(value=1), op=Add(), right=BinOp(left=BinOp(left=BinOp(left="
     "Constant(value=2), op=Mult(), right=UnaryOp(op=USub(), operand=BinOp(left=Constant(value=3"
     "), op=Pow(), right=UnaryOp(op=Invert(), operand=Constant(value=4))))), op=FloorDiv(), righ"
     "t=Constant(value=5)), op=MatMult(), right=Constant(value=6))))"},
    {"a or b and not c or d\n",
     "Expr(value=BoolOp(op=Or(), values=[Name(id='a', ctx=Load()), BoolOp(op=And(), values=[Name"
     "(id='b', ctx=Load()), UnaryOp(op=Not(), operand=Name(id='c', ctx=Load()))]), Name(id='d', "
     "ctx=Load())]))"},
    {"a < b <= c != d is not e not in f\n",
     "Expr(value=Compare(left=Name(id='a', ctx=Load()), ops=[Lt(), LtE(), NotEq(), IsNot(), NotI"
     "n()], comparators=[Name(id='b', ctx=Load()), Name(id='c', ctx=Load()), Name(id='d', ctx=Lo"
     "ad()), Name(id='e', ctx=Load()), Name(id='f', ctx=Load())]))"},
    {"x if y else z if w else v\n",
     "Expr(value=IfExp(test=Name(id='y', ctx=Load()), body=Name(id='x', ctx=Load()), orelse=IfEx"
     "p(test=Name(id='w', ctx=Load()), body=Name(id='z', ctx=Load()), orelse=Name(id='v', ctx=Lo"
     "ad()))))"},
    {"lambda a, /, b=1, *c, d, e=2, **f: a\n",
     "Expr(value=Lambda(args=arguments(posonlyargs=[arg(arg='a')], args=[arg(arg='b')], vararg=a"
     "rg(arg='c'), kwonlyargs=[arg(arg='d'), arg(arg='e')], kw_defaults=[None, Constant(value=2)"
     "], kwarg=arg(arg='f'), defaults=[Constant(value=1)]), body=Name(id='a', ctx=Load())))"},
    {"lambda: (yield)\n",
     "Expr(value=Lambda(args=arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], d"
     "efaults=[]), body=Yield()))"},
    {"f(a, *b, c=1, *d, **e)\n",
     "Expr(value=Call(func=Name(id='f', ctx=Load()), args=[Name(id='a', ctx=Load()), Starred(val"
     "ue=Name(id='b', ctx=Load()), ctx=Load()), Starred(value=Name(id='d', ctx=Load()), ctx=Load"
     "())], keywords=[keyword(arg='c', value=Constant(value=1)), keyword(value=Name(id='e', ctx="
     "Load()))]))"},
    {"f(x for x in y)\n",
     "Expr(value=Call(func=Name(id='f', ctx=Load()), args=[GeneratorExp(elt=Name(id='x', ctx=Loa"
     "d()), generators=[comprehension(target=Name(id='x', ctx=Store()), iter=Name(id='y', ctx=Lo"
     "ad()), ifs=[], is_async=0)])], keywords=[]))"},
    {"[x async for x in y if a if b for z, in w]\n",
     "Expr(value=ListComp(elt=Name(id='x', ctx=Load()), generators=[comprehension(target=Name(id"
     "='x', ctx=Store()), iter=Name(id='y', ctx=Load()), ifs=[Name(id='a', ctx=Load()), Name(id="
     "'b', ctx=Load())], is_async=1), comprehension(target=Tuple(elts=[Name(id='z', ctx=Store())"
     "], ctx=Store()), iter=Name(id='w', ctx=Load()), ifs=[], is_async=0)]))"},
    {"{**a, 'b': c}\n",
     "Expr(value=Dict(keys=[None, Constant(value='b')], values=[Name(id='a', ctx=Load()), Name(i"
     "d='c', ctx=Load())]))"},
    {"{1, *b}\n",
     "Expr(value=Set(elts=[Constant(value=1), Starred(value=Name(id='b', ctx=Load()), ctx=Load()"
     ")]))"},
    {"{k: v for k, v in d}\n",
     "Expr(value=DictComp(key=Name(id='k', ctx=Load()), value=Name(id='v', ctx=Load()), generato"
     "rs=[comprehension(target=Tuple(elts=[Name(id='k', ctx=Store()), Name(id='v', ctx=Store())]"
     ", ctx=Store()), iter=Name(id='d', ctx=Load()), ifs=[], is_async=0)]))"},
    {"a[b:=1]\n",
     "Expr(value=Subscript(value=Name(id='a', ctx=Load()), slice=NamedExpr(target=Name(id='b', c"
     "tx=Store()), value=Constant(value=1)), ctx=Load()))"},
    {"a[*b]\n",
     "Expr(value=Subscript(value=Name(id='a', ctx=Load()), slice=Tuple(elts=[Starred(value=Name("
     "id='b', ctx=Load()), ctx=Load())], ctx=Load()), ctx=Load()))"},
    {"(a := 5)\n",
     "Expr(value=NamedExpr(target=Name(id='a', ctx=Store()), value=Constant(value=5)))"},
    {"'a' \"b\" if 0 else b'x' b'\\xff'\n",
     "Expr(value=IfExp(test=Constant(value=0), body=Constant(value='ab'), orelse=Constant(value="
     "b'x\\xff')))"},
    {"u'a' 'b'\n",
     "Expr(value=Constant(value='ab', kind='u'))"},
    {"0x10, 1_000, 1e400, 2.5j, 0xFFFFFFFFFFFFFFFFFFFF\n",
     "Expr(value=Tuple(elts=[Constant(value=16), Constant(value=1000), Constant(value=inf), Cons"
     "tant(value=2.5j), Constant(value=1208925819614629174706175)], ctx=Load()))"},
    {"None, True, False, ...\n",
     "Expr(value=Tuple(elts=[Constant(value=None), Constant(value=True), Constant(value=False), "
     "Constant(value=Ellipsis)], ctx=Load()))"},
    {"await a ** b\n",
     "Expr(value=BinOp(left=Await(value=Name(id='a', ctx=Load())), op=Pow(), right=Name(id='b', "
     "ctx=Load())))"},
    {"import a.b.c as d, e\n",
     "Import(names=[alias(name='a.b.c', asname='d'), alias(name='e')])"},
    {"from . import (a as b, c,)\n",
     "ImportFrom(names=[alias(name='a', asname='b'), alias(name='c')], level=1)"},
    {"from ...x.y import *\n",
     "ImportFrom(module='x.y', names=[alias(name='*')], level=3)"},
    {"global a, b\n",
     "Global(names=['a', 'b'])"},
    {"assert a, b\n",
     "Assert(test=Name(id='a', ctx=Load()), msg=Name(id='b', ctx=Load()))"},
    {"raise A from b\n",
     "Raise(exc=Name(id='A', ctx=Load()), cause=Name(id='b', ctx=Load()))"},
    {"return\n",
     "Return()"},
    {"pass; break; continue\n",
     "Pass(), Break(), Continue()"},
    {"f'a{b!r:>{w}}c{d=}' 'e'\n",
     "Expr(value=JoinedStr(values=[Constant(value='a'), FormattedValue(value=Name(id='b', ctx=Lo"
     "ad()), conversion=114, format_spec=JoinedStr(values=[Constant(value='>'), FormattedValue(v"
     "alue=Name(id='w', ctx=Load()), conversion=-1)])), Constant(value='cd='), FormattedValue(va"
     "lue=Name(id='d', ctx=Load()), conversion=114), Constant(value='e')]))"},
    {"@a.b\n@c(1)\nasync def f(a, b: int = 1, *args: *Ts, c, d=2, **kw) -> int: pass\n",
     "AsyncFunctionDef(name='f', args=arguments(posonlyargs=[], args=[arg(arg='a'), arg(arg='b',"
     " annotation=Name(id='int', ctx=Load()))], vararg=arg(arg='args', annotation=Starred(value="
     "Name(id='Ts', ctx=Load()), ctx=Load())), kwonlyargs=[arg(arg='c'), arg(arg='d')], kw_defau"
     "lts=[None, Constant(value=2)], kwarg=arg(arg='kw'), defaults=[Constant(value=1)]), body=[P"
     "ass()], decorator_list=[Attribute(value=Name(id='a', ctx=Load()), attr='b', ctx=Load()), C"
     "all(func=Name(id='c', ctx=Load()), args=[Constant(value=1)], keywords=[])], returns=Name(i"
     "d='int', ctx=Load()))"},
    {"class C(A, metaclass=B): x: int\n",
     "ClassDef(name='C', bases=[Name(id='A', ctx=Load())], keywords=[keyword(arg='metaclass', va"
     "lue=Name(id='B', ctx=Load()))], body=[AnnAssign(target=Name(id='x', ctx=Store()), annotati"
     "on=Name(id='int', ctx=Load()), simple=1)], decorator_list=[])"},
    {"if a: b\nelif c: d\nelse: e\n",
     "If(test=Name(id='a', ctx=Load()), body=[Expr(value=Name(id='b', ctx=Load()))], orelse=[If("
     "test=Name(id='c', ctx=Load()), body=[Expr(value=Name(id='d', ctx=Load()))], orelse=[Expr(v"
     "alue=Name(id='e', ctx=Load()))])])"},
    {"for a, *b in c, d: pass\nelse: e\n",
     "For(target=Tuple(elts=[Name(id='a', ctx=Store()), Starred(value=Name(id='b', ctx=Store()),"
     " ctx=Store())], ctx=Store()), iter=Tuple(elts=[Name(id='c', ctx=Load()), Name(id='d', ctx="
     "Load())], ctx=Load()), body=[Pass()], orelse=[Expr(value=Name(id='e', ctx=Load()))])"},
    {"async with a as b, c: pass\n",
     "AsyncWith(items=[withitem(context_expr=Name(id='a', ctx=Load()), optional_vars=Name(id='b'"
     ", ctx=Store())), withitem(context_expr=Name(id='c', ctx=Load()))], body=[Pass()])"},
    {"with (a as b, c as (d, e),): pass\n",
     "With(items=[withitem(context_expr=Name(id='a', ctx=Load()), optional_vars=Name(id='b', ctx"
     "=Store())), withitem(context_expr=Name(id='c', ctx=Load()), optional_vars=Tuple(elts=[Name"
     "(id='d', ctx=Store()), Name(id='e', ctx=Store())], ctx=Store()))], body=[Pass()])"},
    {"with (a, b): pass\n",
     "With(items=[withitem(context_expr=Name(id='a', ctx=Load())), withitem(context_expr=Name(id"
     "='b', ctx=Load()))], body=[Pass()])"},
    {"with (a): pass\n",
     "With(items=[withitem(context_expr=Name(id='a', ctx=Load()))], body=[Pass()])"},
    {"with (yield): pass\n",
     "With(items=[withitem(context_expr=Yield())], body=[Pass()])"},
    {"with (a, b) as c: pass\n",
     "With(items=[withitem(context_expr=Tuple(elts=[Name(id='a', ctx=Load()), Name(id='b', ctx=L"
     "oad())], ctx=Load()), optional_vars=Name(id='c', ctx=Store()))], body=[Pass()])"},
    {"try: a\nexcept (A, B) as e: b\nexcept: c\nelse: d\nfinally: e\n",
     "Try(body=[Expr(value=Name(id='a', ctx=Load()))], handlers=[ExceptHandler(type=Tuple(elts=["
     "Name(id='A', ctx=Load()), Name(id='B', ctx=Load())], ctx=Load()), name='e', body=[Expr(val"
     "ue=Name(id='b', ctx=Load()))]), ExceptHandler(body=[Expr(value=Name(id='c', ctx=Load()))])"
     "], orelse=[Expr(value=Name(id='d', ctx=Load()))], finalbody=[Expr(value=Name(id='e', ctx=L"
     "oad()))])"},
    {"try: a\nexcept* A: b\n",
     "TryStar(body=[Expr(value=Name(id='a', ctx=Load()))], handlers=[ExceptHandler(type=Name(id="
     "'A', ctx=Load()), body=[Expr(value=Name(id='b', ctx=Load()))])], orelse=[], finalbody=[])"},
    {"match x:\n"
     "    case 1 | -2.5 | 1+2j | 'a' | None: pass\n"
     "    case [a, *_, b] if c: pass\n"
     "    case {'x': y, **rest}: pass\n"
     "    case A.B(1, c=2) as d: pass\n"
     "    case (a): pass\n"
     "    case a, *b: pass\n",
     "Match(subject=Name(id='x', ctx=Load()), cases=[match_case(pattern=MatchOr(patterns=[MatchV"
     "alue(value=Constant(value=1)), MatchValue(value=UnaryOp(op=USub(), operand=Constant(value="
     "2.5))), MatchValue(value=BinOp(left=Constant(value=1), op=Add(), right=Constant(value=2j))"
     "), MatchValue(value=Constant(value='a')), MatchSingleton(value=None)]), body=[Pass()]), ma"
     "tch_case(pattern=MatchSequence(patterns=[MatchAs(name='a'), MatchStar(), MatchAs(name='b')"
     "]), guard=Name(id='c', ctx=Load()), body=[Pass()]), match_case(pattern=MatchMapping(keys=["
     "Constant(value='x')], patterns=[MatchAs(name='y')], rest='rest'), body=[Pass()]), match_ca"
     "se(pattern=MatchAs(pattern=MatchClass(cls=Attribute(value=Name(id='A', ctx=Load()), attr='"
     "B', ctx=Load()), patterns=[MatchValue(value=Constant(value=1))], kwd_attrs=['c'], kwd_patt"
     "erns=[MatchValue(value=Constant(value=2))]), name='d'), body=[Pass()]), match_case(pattern"
     "=MatchAs(name='a'), body=[Pass()]), match_case(pattern=MatchSequence(patterns=[MatchAs(nam"
     "e='a'), MatchStar(name='b')]), body=[Pass()])])"},
    {"match = case = _ = type = 1\n",
     "Assign(targets=[Name(id='match', ctx=Store()), Name(id='case', ctx=Store()), Name(id='_', "
     "ctx=Store()), Name(id='type', ctx=Store())], value=Constant(value=1))"},
    {"match(x)\n",
     "Expr(value=Call(func=Name(id='match', ctx=Load()), args=[Name(id='x', ctx=Load())], keywor"
     "ds=[]))"},
    {"match[x]: int\n",
     "AnnAssign(target=Subscript(value=Name(id='match', ctx=Load()), slice=Name(id='x', ctx=Load"
     "()), ctx=Store()), annotation=Name(id='int', ctx=Load()), simple=0)"},
    {"while a: b\nelse: c\n",
     "While(test=Name(id='a', ctx=Load()), body=[Expr(value=Name(id='b', ctx=Load()))], orelse=["
     "Expr(value=Name(id='c', ctx=Load()))])"},
};

static const ErrorCase error_cases[] = {
    {"f(a b)\n",
     "SyntaxError: invalid syntax. Perhaps you forgot a comma? [1:3-1:6]"},
    {"f(a for a in b, c)\n",
     "SyntaxError: Generator expression must be parenthesized [1:3-1:15]"},
    {"f(a, b for b in c)\n",
     "SyntaxError: Generator expression must be parenthesized [1:6-1:18]"},
    {"f(a=1, b)\n",
     "SyntaxError: positional argument follows keyword argument [1:9-1:10]"},
    {"f(**a, b)\n",
     "SyntaxError: positional argument follows keyword argument unpacking [1:9-1:10]"},
    {"f(**a, *b)\n",
     "SyntaxError: iterable argument unpacking follows keyword argument unpacking [1:8-1:9]"},
    {"f(True=1)\n",
     "SyntaxError: cannot assign to True [1:3-1:8]"},
    {"f(a.b=1)\n",
     "SyntaxError: expression cannot contain assignment, perhaps you meant \"==\"? [1:3-1:7]"},
    {"f(a=1 for a in b)\n",
     "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? [1:3-1:5]"},
    {"x = (1\n",
     "SyntaxError: '(' was never closed [1:5-1:0]"},
    {"x = 1 2\n",
     "SyntaxError: invalid syntax [1:7-1:8]"},
    {"if x = 1: pass\n",
     "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? [1:4-1:9]"},
    {"if a.b = 1: pass\n",
     "SyntaxError: cannot assign to attribute here. Maybe you meant '==' instead of '='? [1:4-1:7]"},
    {"while x\n    pass\n",
     "SyntaxError: expected ':' [1:8-1:8]"},
    {"if x:\npass\n",
     "IndentationError: expected an indented block after 'if' statement on line 1 [2:1-2:5]"},
    {"def f(:\n",
     "SyntaxError: invalid syntax [1:7-1:8]"},
    {"def f(a=1, b): pass\n",
     "SyntaxError: non-default argument follows default argument [1:12-1:13]"},
    {"def f(*): pass\n",
     "SyntaxError: named arguments must follow bare * [1:7-1:8]"},
    {"def f(a, *, **b): pass\n",
     "SyntaxError: named arguments must follow bare * [1:10-1:11]"},
    {"def f(**a, b): pass\n",
     "SyntaxError: arguments cannot follow var-keyword argument [1:12-1:13]"},
    {"def f(a, /, b, /): pass\n",
     "SyntaxError: / may appear only once [1:16-1:17]"},
    {"def f((a)): pass\n",
     "SyntaxError: Function parameters cannot be parenthesized [1:7-1:10]"},
    {"def f(a=): pass\n",
     "SyntaxError: expected default value expression [1:8-1:9]"},
    {"def f:\n",
     "SyntaxError: expected '(' [1:6-1:7]"},
    {"class C\n",
     "SyntaxError: expected ':' [1:8-1:8]"},
    {"class C:\n",
     "IndentationError: expected an indented block after class definition on line 1 [1:9-1:-1]"},
    {"for x in y\n",
     "SyntaxError: expected ':' [1:11-1:11]"},
    {"for f() in y: pass\n",
     "SyntaxError: cannot assign to function call [1:5-1:8]"},
    {"for 1 in y: pass\n",
     "SyntaxError: cannot assign to literal [1:5-1:6]"},
    {"try:\n    pass\nx\n",
     "SyntaxError: expected 'except' or 'finally' block [3:1-3:2]"},
    {"try: pass\nexcept A, B: pass\n",
     "SyntaxError: multiple exception types must be parenthesized [2:8-2:12]"},
    {"try: pass\nexcept A: pass\nexcept* B: pass\n",
     "SyntaxError: cannot have both 'except' and 'except*' on the same 'try' [3:1-3:8]"},
    {"try: pass\nexcept*: pass\n",
     "SyntaxError: expected one or more exception types [2:8-2:9]"},
    {"with a as f(): pass\n",
     "SyntaxError: cannot assign to function call [1:11-1:14]"},
    {"with a as 1: pass\n",
     "SyntaxError: cannot assign to literal [1:11-1:12]"},
    {"with a\n",
     "SyntaxError: expected ':' [1:7-1:7]"},
    {"import a,\n",
     "SyntaxError: invalid syntax [1:10-1:10]"},
    {"from a import b,\n",
     "SyntaxError: trailing comma not allowed without surrounding parentheses [1:17-1:17]"},
    {"from a import (b, c\n",
     "SyntaxError: '(' was never closed [1:15-1:0]"},
    {"1 = x\n",
     "SyntaxError: cannot assign to literal here. Maybe you meant '==' instead of '='? [1:1-1:2]"},
    {"f() = x\n",
     "SyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='? [1:1-1:4]"},
    {"a + b = c\n",
     "SyntaxError: cannot assign to expression here. Maybe you meant '==' instead of '='? [1:1-1:6]"},
    {"(a, 1) = c\n",
     "SyntaxError: cannot assign to literal [1:5-1:6]"},
    {"a if b else c = d\n",
     "SyntaxError: cannot assign to conditional expression [1:1-1:14]"},
    {"None = 1\n",
     "SyntaxError: cannot assign to None [1:1-1:5]"},
    {"x + 1 += 2\n",
     "SyntaxError: 'expression' is an illegal expression for augmented assignment [1:1-1:6]"},
    {"(a, b) += 1\n",
     "SyntaxError: 'tuple' is an illegal expression for augmented assignment [1:1-1:7]"},
    {"(yield) = 1\n",
     "SyntaxError: cannot assign to yield expression here. Maybe you meant '==' instead of '='? [1:2-1:7]"},
    {"x = yield = 1\n",
     "SyntaxError: assignment to yield expression not possible [1:5-1:10]"},
    {"del f()\n",
     "SyntaxError: cannot delete function call [1:5-1:8]"},
    {"del (a, 1)\n",
     "SyntaxError: cannot delete literal [1:9-1:10]"},
    {"del *a\n",
     "SyntaxError: cannot delete starred [1:5-1:7]"},
    {"(a, b): int\n",
     "SyntaxError: only single target (not tuple) can be annotated [1:1-1:7]"},
    {"[a]: int\n",
     "SyntaxError: only single target (not list) can be annotated [1:1-1:4]"},
    {"a, b: int\n",
     "SyntaxError: only single target (not tuple) can be annotated [1:1-1:2]"},
    {"f(): int\n",
     "SyntaxError: illegal target for annotation [1:1-1:4]"},
    {"print \"hello\"\n",
     "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)? [1:1-1:14]"},
    {"exec a\n",
     "SyntaxError: Missing parentheses in call to 'exec'. Did you mean exec(...)? [1:1-1:7]"},
    {"[a, b for a in c]\n",
     "SyntaxError: did you forget parentheses around the comprehension target? [1:2-1:6]"},
    {"[*a for a in b]\n",
     "SyntaxError: iterable unpacking cannot be used in comprehension [1:2-1:4]"},
    {"{**a for a in b}\n",
     "SyntaxError: dict unpacking cannot be used in dict comprehension [1:2-1:4]"},
    {"{a: *b}\n",
     "SyntaxError: cannot use a starred expression in a dictionary value [1:5-1:7]"},
    {"{a:}\n",
     "SyntaxError: expression expected after dictionary key and ':' [1:3-1:4]"},
    {"{a: 1, b}\n",
     "SyntaxError: ':' expected after dictionary key [1:8-1:0]"},
    {"(*a)\n",
     "SyntaxError: cannot use starred expression here [1:2-1:4]"},
    {"(**a)\n",
     "SyntaxError: cannot use double starred expression here [1:2-1:4]"},
    {"x = {1: 2, 3 4}\n",
     "SyntaxError: ':' expected after dictionary key [1:12-1:0]"},
    {"a if b\n",
     "SyntaxError: expected 'else' after 'if' expression [1:1-1:7]"},
    {"[a if b]\n",
     "SyntaxError: expected 'else' after 'if' expression [1:2-1:8]"},
    {"lambda *: a\n",
     "SyntaxError: named arguments must follow bare * [1:9-1:10]"},
    {"lambda a=1, b: a\n",
     "SyntaxError: non-default argument follows default argument [1:13-1:14]"},
    {"(a := 1) := 2\n",
     "SyntaxError: cannot use assignment expressions with named expression [1:2-1:8]"},
    {"(a.b := 1)\n",
     "SyntaxError: cannot use assignment expressions with attribute [1:2-1:5]"},
    {"a := 1\n",
     "SyntaxError: invalid syntax [1:3-1:5]"},
    {"match x:\ncase 1: pass\n",
     "IndentationError: expected an indented block after 'match' statement on line 1 [2:1-2:5]"},
    {"match x:\n    case a as _: pass\n",
     "SyntaxError: cannot use '_' as a target [2:15-2:16]"},
    {"match x:\n    case A(b=1, 2): pass\n",
     "SyntaxError: positional patterns follow keyword patterns [2:17-2:18]"},
    {"match x\n    case 1: pass\n",
     "SyntaxError: expected ':' [1:8-1:8]"},
    {"  x\n",
     "IndentationError: unexpected indent [1:2-1:-1]"},
    {"x\n  y\n",
     "IndentationError: unexpected indent [2:2-2:-1]"},
    {"else: pass\n",
     "SyntaxError: invalid syntax [1:1-1:5]"},
    {"return = 1\n",
     "SyntaxError: invalid syntax [1:8-1:9]"},
    {"a b\n",
     "SyntaxError: invalid syntax [1:3-1:4]"},
    {"@\n",
     "SyntaxError: invalid syntax [1:2-1:2]"},
    {"async x\n",
     "SyntaxError: invalid syntax [1:7-1:8]"},
    {"'a' b'b'\n",
     "SyntaxError: cannot mix bytes and nonbytes literals [1:9-1:9]"},
    {"f'{a b}'\n",
     "SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma? [0:0-0:0]"},
    {"f'{}'\n",
     "SyntaxError: f-string: empty expression not allowed [0:0-0:0]"},
    {"f'{a!x}'\n",
     "SyntaxError: f-string: invalid conversion character: expected 's', 'r', or 'a' [0:0-0:0]"},
    {"f'{*a}'\n",
     "SyntaxError: f-string: cannot use starred expression here [0:0-0:0]"},
    {"'\\x'\n",
     "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: "
     "truncated \\xXX escape [1:5-1:5]"},
    {"1__0\n",
     "SyntaxError: invalid decimal literal [1:2-1:2]"},
    {"0777\n",
     "SyntaxError: leading zeros in decimal integer literals are not permitted; use an 0o prefix "
     "for octal integers [1:1-1:2]"},
    {"\"abc\n",
     "SyntaxError: unterminated string literal (detected at line 1) [1:1-1:1]"},
    {"(]\n",
     "SyntaxError: closing parenthesis ']' does not match opening parenthesis '(' [1:2-1:2]"},
    {"x = $\n",
     "SyntaxError: invalid syntax [1:5-1:6]"},
    {"not = 1\n",
     "SyntaxError: invalid syntax [1:5-1:6]"},
    {"def f(): pass\n    x\n",
     "IndentationError: unexpected indent [2:4-2:-1]"},
    {"[x for x in 1, 2]\n",
     "SyntaxError: invalid syntax [1:14-1:15]"},
    {"a.1\n",
     "SyntaxError: invalid syntax [1:2-1:4]"},
    {"f(**)\n",
     "SyntaxError: invalid syntax [1:5-1:6]"},
    {"f(*)\n",
     "SyntaxError: invalid syntax [1:4-1:5]"},
    {"x!\n",
     "SyntaxError: invalid syntax [1:2-1:3]"},
    {"if a: pass\nelif b\n",
     "SyntaxError: expected ':' [2:7-2:7]"},
    {"global x.y\n",
     "SyntaxError: invalid syntax [1:9-1:10]"},
    {"nonlocal\n",
     "SyntaxError: invalid syntax [1:9-1:9]"},
    {"assert\n",
     "SyntaxError: invalid syntax [1:7-1:7]"},
    {"raise from a\n",
     "SyntaxError: invalid syntax [1:7-1:11]"},
    {"import a.b as c.d\n",
     "SyntaxError: invalid syntax [1:16-1:17]"},
    {"from . import a.b\n",
     "SyntaxError: invalid syntax [1:16-1:17]"},
    {"from a import *, b\n",
     "SyntaxError: invalid syntax [1:16-1:17]"},
};

static Arena arena;
static FrontEnd fe;

static void start(void) {
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
}

static void finish(void) {
    arena_free(&arena);
}

// NULL when the source is refused; fe.diagnostic says why.
static Module *parse(const char *source, size_t length, ParseMode mode, unsigned flags) {
    arena_free(&arena);
    front_end_init(&fe, &arena, "f.py", flags | FRONT_END_SOURCE_IS_TEXT);
    if (setjmp(fe.leave) != 0) return NULL;
    source_read(&fe, source, length);
    lexer_run(&fe);
    return parser_parse(&fe, mode);
}

static Module *parse_text(const char *source) {
    return parse(source, strlen(source), PARSE_EXEC, 0);
}

static const char *dump(const Module *module, AstDumpOptions options) {
    Buf out = buf_of(&allocator_of_libc);
    ast_dump(module, options, &out);
    ck_assert(!out.failed);
    const char *text = arena_strdup(&arena, out.data);
    buf_free(&out);
    return text;
}

static const char *error_text(bool with_position) {
    const Diagnostic *found = &fe.diagnostic;
    if (!with_position) return arena_printf(&arena, "%s: %s", diag_kind_name(found->kind), found->message);
    return arena_printf(&arena, "%s: %s [%d:%d-%d:%d]", diag_kind_name(found->kind), found->message, found->lineno,
                        found->offset, found->end_lineno, found->end_offset);
}

START_TEST(test_trees) {
    const TreeCase *one = &tree_cases[_i];
    Module *module = parse_text(one->source);
    ck_assert_msg(module != NULL, "%s: %s", one->source, fe.diagnostic.message);
    const char *expected = arena_printf(&arena, "Module(body=[%s], type_ignores=[])", one->expected);
    ck_assert_str_eq(dump(module, (AstDumpOptions){.indent = -1}), expected);
}
END_TEST

START_TEST(test_errors) {
    const ErrorCase *one = &error_cases[_i];
    ck_assert_msg(parse_text(one->source) == NULL, "%s is accepted", one->source);
    const char *unplaced = strstr(one->expected, " [0:0-0:0]");
    if (unplaced == NULL) {
        ck_assert_msg(strcmp(error_text(true), one->expected) == 0, "%s: %s", one->source, error_text(true));
    } else {
        size_t length = (size_t)(unplaced - one->expected);
        ck_assert_msg(strncmp(error_text(false), one->expected, length) == 0, "%s: %s", one->source, error_text(false));
    }
}
END_TEST

START_TEST(test_positions) {
    Module *module = parse_text("if x:\n    (é) + y  # end\n");
    ck_assert_str_eq(dump(module, (AstDumpOptions){.attributes = true, .indent = -1}),
        "Module(body=[If(test=Name(id='x', ctx=Load(), lineno=1, col_offset=3, end_lineno=1, end_col_offset=4), "
        "body=[Expr(value=BinOp(left=Name(id='é', ctx=Load(), lineno=2, col_offset=5, end_lineno=2, end_col_offset=7), "
        "op=Add(), right=Name(id='y', ctx=Load(), lineno=2, col_offset=11, end_lineno=2, end_col_offset=12), "
        "lineno=2, col_offset=4, end_lineno=2, end_col_offset=12), "
        "lineno=2, col_offset=4, end_lineno=2, end_col_offset=12)], orelse=[], "
        "lineno=1, col_offset=0, end_lineno=2, end_col_offset=12)], type_ignores=[])");
}
END_TEST

START_TEST(test_indented_dump) {
    ck_assert_str_eq(dump(parse_text("f(1, [])\n"), (AstDumpOptions){.indent = 2}),
        "Module(\n"
        "  body=[\n"
        "    Expr(\n"
        "      value=Call(\n"
        "        func=Name(id='f', ctx=Load()),\n"
        "        args=[\n"
        "          Constant(value=1),\n"
        "          List(elts=[], ctx=Load())],\n"
        "        keywords=[]))],\n"
        "  type_ignores=[])");
}
END_TEST

// PEP 695, which 3.11 does not know.
START_TEST(test_type_params) {
    ck_assert_str_eq(dump(parse_text("type X[T: int, *Ts, **P] = T\n"), (AstDumpOptions){.indent = -1}),
        "Module(body=[TypeAlias(name=Name(id='X', ctx=Store()), type_params=[TypeVar(name='T', bound=Name(id='int', "
        "ctx=Load())), TypeVarTuple(name='Ts'), ParamSpec(name='P')], value=Name(id='T', ctx=Load()))], "
        "type_ignores=[])");
    ck_assert(parse_text("def f[T](x: T) -> T: pass\nclass C[T](B): pass\n") != NULL);
    ck_assert(parse_text("type = 1\ntype(x)\ntype[x] = type.y\n") != NULL);
}
END_TEST

START_TEST(test_modes) {
    ck_assert(parse("1, 2", 4, PARSE_EVAL, 0) != NULL);
    ck_assert(parse("x = 1", 5, PARSE_EVAL, 0) == NULL);
    ck_assert(parse("x = 1", 5, PARSE_SINGLE, FRONT_END_INTERACTIVE) != NULL);
    ck_assert(parse("x\ny\n", 4, PARSE_SINGLE, FRONT_END_INTERACTIVE) == NULL);
    ck_assert_str_eq(fe.diagnostic.message, "multiple statements found while compiling a single statement");
}
END_TEST

START_TEST(test_incomplete_input) {
    static const struct { const char *source; bool is_incomplete; } cases[] = {
        {"if x:", true}, {"if x:\n  y", true}, {"(1,", true}, {"'''a", true}, {"@a\n", true}, {"try:\n  x\n", true},
        {"a b\n", false}, {"x = )", false}, {"'a\n", false}, {"1x", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *source = cases[i].source;
        unsigned flags = FRONT_END_INTERACTIVE | FRONT_END_ALLOW_INCOMPLETE;
        ck_assert(parse(source, strlen(source), PARSE_SINGLE, flags) == NULL);
        bool is_incomplete = strcmp(fe.diagnostic.message, "incomplete input") == 0;
        ck_assert_msg(is_incomplete == cases[i].is_incomplete, "%s: %s", source, fe.diagnostic.message);
    }
}
END_TEST

// `head`, then `part` count times, then `tail`.
static Module *parse_repeated(const char *head, const char *part, size_t count, const char *tail) {
    size_t part_length = strlen(part), length = strlen(head) + part_length * count + strlen(tail);
    char *source = malloc(length + 1), *at = source + strlen(head);
    memcpy(source, head, strlen(head));
    for (size_t i = 0; i < count; i++, at += part_length) memcpy(at, part, part_length);
    memcpy(at, tail, strlen(tail) + 1);
    Module *module = parse(source, length, PARSE_EXEC, 0);
    free(source);
    return module;
}

START_TEST(test_long_chains_are_no_nesting) {
    enum { MANY = 100000 };
    ck_assert(parse_repeated("1", "+1", MANY, "") != NULL);
    ck_assert(parse_repeated("a", ".b", MANY, "") != NULL);
    ck_assert(parse_repeated("a", "()", MANY, "") != NULL);
    ck_assert(parse_repeated("a", " or a", MANY, "") != NULL);
    ck_assert(parse_repeated("if a: b\n", "elif c: d\n", MANY, "") != NULL);
    ck_assert(parse_repeated("", "a,", MANY, "") != NULL);
    ck_assert_uint_gt(strlen(dump(parse_repeated("1", "+1", MANY, ""), (AstDumpOptions){.indent = -1})), MANY);
}
END_TEST

START_TEST(test_nesting_is_refused) {
    static const struct { const char *head, *part, *tail; } cases[] = {
        {"", "-", "1"}, {"", "not ", "1"}, {"1", "**1", ""}, {"", "lambda:", "1"}, {"", "1 if 1 else ", "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert(parse_repeated(cases[i].head, cases[i].part, 100000, cases[i].tail) == NULL);
        ck_assert_int_eq(fe.diagnostic.kind, DIAG_MEMORY_ERROR);
    }
    ck_assert(parse_repeated("", "(", 1000, "") == NULL);
    ck_assert_str_eq(fe.diagnostic.message, "too many nested parentheses");
}
END_TEST

// What is too deep for the diagnosis is still an error at the right place.
START_TEST(test_deep_mistake) {
    ck_assert(parse_repeated("", "[", 190, "a b") == NULL);
    ck_assert(parse_repeated("", "-", 2000, "1 2") == NULL);
    ck_assert_str_eq(error_text(true), "SyntaxError: invalid syntax [1:2003-1:2004]");
}
END_TEST

START_TEST(test_memory_limit) {
    for (size_t limit = 0; limit < 200000; limit += 4096) {
        arena_free(&arena);
        arena_init(&arena, &allocator_of_libc, limit);
        bool ok = parse_text("f(a b)\n") != NULL;
        ck_assert(!ok);
        ck_assert(fe.diagnostic.kind == DIAG_MEMORY_ERROR || fe.diagnostic.kind == DIAG_SYNTAX_ERROR);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("parser");
    TCase *tests = tcase_create("parser");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_trees, 0, sizeof tree_cases / sizeof *tree_cases);
    tcase_add_loop_test(tests, test_errors, 0, sizeof error_cases / sizeof *error_cases);
    tcase_add_test(tests, test_positions);
    tcase_add_test(tests, test_indented_dump);
    tcase_add_test(tests, test_type_params);
    tcase_add_test(tests, test_modes);
    tcase_add_test(tests, test_incomplete_input);
    tcase_add_test(tests, test_long_chains_are_no_nesting);
    tcase_add_test(tests, test_nesting_is_refused);
    tcase_add_test(tests, test_deep_mistake);
    tcase_add_test(tests, test_memory_limit);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
