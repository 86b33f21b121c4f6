// Classes of the host: native data, methods, operators, properties, iteration, derived classes in C and in Python, finalizers.
#include "api_test.h"

typedef struct Vector { double x, y; } Vector;
static const CoilClass vector_class;

static CoilValue vector_make(CoilVM *vm, double x, double y) {
    void *data;
    CoilValue made = coil_instance(vm, &vector_class, &data);
    if (!coil_is_error(made)) *(Vector *)data = (Vector){x, y};
    return made;
}

static CoilValue vector_init(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Vector *self = coil_data(vm, args[0], &vector_class);
    double x = 0, y = 0;
    if (self == NULL) return coil_error();
    if (argc > 1 && !coil_is_missing(vm, args[1]) && coil_read_float(vm, args[1], &x) != COIL_OK) return coil_error();
    if (argc > 2 && !coil_is_missing(vm, args[2]) && coil_read_float(vm, args[2], &y) != COIL_OK) return coil_error();
    *self = (Vector){x, y};
    return coil_none(vm);
}

static CoilValue vector_add(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    if (!coil_is_a(vm, args[1], &vector_class)) return coil_not_implemented(vm);
    Vector *a = coil_data(vm, args[0], &vector_class), *b = coil_data(vm, args[1], &vector_class);
    return a == NULL || b == NULL ? coil_error() : vector_make(vm, a->x + b->x, a->y + b->y);
}

static CoilValue vector_rmul(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Vector *self = coil_data(vm, args[0], &vector_class);
    double factor;
    if (self == NULL || coil_read_float(vm, args[1], &factor) != COIL_OK) return coil_error();
    return vector_make(vm, self->x * factor, self->y * factor);
}

static CoilValue vector_eq(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    if (!coil_is_a(vm, args[1], &vector_class)) return coil_not_implemented(vm);
    Vector *a = coil_data(vm, args[0], &vector_class), *b = coil_data(vm, args[1], &vector_class);
    return a == NULL || b == NULL ? coil_error() : coil_bool(vm, a->x == b->x && a->y == b->y);
}

static CoilValue vector_repr(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Vector *self = coil_data(vm, args[0], &vector_class);
    char text[64];
    if (self == NULL) return coil_error();
    return coil_str(vm, text, (size_t)snprintf(text, sizeof text, "Vector(%g, %g)", self->x, self->y));
}

static CoilValue vector_len(CoilVM *vm, const CoilValue *args, int argc, void *user) { return coil_int(vm, 2); }

static CoilValue vector_getitem(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Vector *self = coil_data(vm, args[0], &vector_class);
    int64_t index;
    if (self == NULL || coil_read_int(vm, args[1], &index) != COIL_OK) return coil_error();
    if (index != 0 && index != 1) return coil_raise(vm, "IndexError", "a vector has two parts");
    return coil_float(vm, index == 0 ? self->x : self->y);
}

static CoilValue vector_get(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Vector *self = coil_data(vm, args[0], &vector_class);
    return self == NULL ? coil_error() : coil_float(vm, user == NULL ? self->x : self->y);
}

static CoilValue vector_set_x(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Vector *self = coil_data(vm, args[0], &vector_class);
    if (self == NULL || coil_read_float(vm, args[1], &self->x) != COIL_OK) return coil_error();
    return coil_none(vm);
}

static CoilValue vector_unit(CoilVM *vm, const CoilValue *args, int argc, void *user) { return coil_call(vm, args[0], NULL, 0); }
static CoilValue vector_dimensions(CoilVM *vm, const CoilValue *args, int argc, void *user) { return coil_int(vm, 2 + (int64_t)(argc > 0)); }

static const CoilFunction vector_methods[] = {
    {.signature = "__init__(self, x=0.0, y=0.0)", .function = vector_init, .doc = "Two numbers."},
    {.signature = "__add__(self, other, /)", .function = vector_add},
    {.signature = "__rmul__(self, factor, /)", .function = vector_rmul},
    {.signature = "__eq__(self, other, /)", .function = vector_eq},
    {.signature = "__repr__(self, /)", .function = vector_repr},
    {.signature = "__len__(self, /)", .function = vector_len},
    {.signature = "__getitem__(self, index, /)", .function = vector_getitem},
    {.signature = "zero(cls)", .function = vector_unit, .doc = "The vector without length.", .kind = COIL_CLASS_METHOD},
    {.signature = "dimensions(of=None)", .function = vector_dimensions, .kind = COIL_STATIC_METHOD},
    {0},
};
static const CoilProperty vector_properties[] = {
    {.name = "x", .get = vector_get, .set = vector_set_x, .doc = "Along."},
    {.name = "y", .get = vector_get, .user = (void *)1},
    {0},
};
static const CoilConstant vector_constants[] = {COIL_INT_CONSTANT("PARTS", 2), COIL_TEXT_CONSTANT("UNIT", "m\xc3\xa8tre"), COIL_FLOAT_CONSTANT("EPSILON", 0.5), {0}};
static const CoilClass vector_class = {
    .name = "geo.Vector",
    .doc = "A vector of the host's.",
    .data_size = sizeof(Vector),
    .methods = vector_methods,
    .properties = vector_properties,
    .constants = vector_constants,
};

static void a_class_is_one_as_python_has_them(CoilVM *vm, Host *host) {
    size_t scope = coil_scope_open(vm);
    CHECK(coil_set_global(vm, "Vector", coil_class(vm, &vector_class)) == COIL_OK);
    CHECK(coil_same(vm, coil_class(vm, &vector_class), coil_get_global(vm, "Vector")));
    CHECK(host_run(vm,
                   "v = Vector(1, y=2)\n"
                   "print(v, v + v, 3 * v, v == Vector(1, 2), v != Vector(), len(v), v[1], list(v), 2.0 in v)\n"
                   "print(v.x, v.y, Vector.PARTS, Vector.UNIT, Vector.EPSILON, Vector.dimensions(), v.dimensions(1), Vector.zero())\n"
                   "v.x = 7\n"
                   "print(v.x, Vector, type(v).__name__, Vector.__module__, Vector.__doc__, Vector.x.__doc__, Vector.__init__.__doc__)\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host), "Vector(1, 2) Vector(2, 4) Vector(3, 6) True True 2 2.0 [1.0, 2.0] True\n"
                                         "1.0 2.0 2 m\xc3\xa8tre 0.5 2 3 Vector(0, 0)\n"
                                         "7.0 <class 'geo.Vector'> Vector geo A vector of the host's. Along. Two numbers.\n"));
    CHECK(host_run(vm, "def tried(f):\n"
                       "    try: return f()\n"
                       "    except Exception as e: return f'{type(e).__name__}: {e}'\n"
                       "def set_y(): v.y = 1\n"
                       "def set_z(): v.z = 1\n"
                       "def patch(): Vector.x = 1\n"
                       "for f in (lambda: v + 1, lambda: Vector(1, 2, 3), lambda: Vector('a'), lambda: v[5], set_y, set_z, patch,\n"
                       "          lambda: Vector.__add__(1, v), lambda: Vector.__init__(object()), lambda: hash(v), lambda: object.__new__(Vector),\n"
                       "          lambda: Vector.__new__(int), lambda: 'a' * v):\n"
                       "    print(tried(f))\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host), "TypeError: unsupported operand type(s) for +: 'Vector' and 'int'\n"
                                         "TypeError: Vector() takes at most 2 arguments (3 given)\n"
                                         "TypeError: must be real number, not str\n"
                                         "IndexError: a vector has two parts\n"
                                         "AttributeError: property 'y' of 'Vector' object has no setter\n"
                                         "AttributeError: 'Vector' object has no attribute 'z'\n"
                                         "TypeError: cannot set 'x' attribute of immutable type 'Vector'\n"
                                         "TypeError: descriptor '__add__' requires a 'Vector' object but received a 'int'\n"
                                         "TypeError: descriptor '__init__' requires a 'Vector' object but received a 'object'\n"
                                         "TypeError: unhashable type: 'Vector'\n"
                                         "TypeError: object.__new__(Vector) is not safe, use Vector.__new__()\n"
                                         "TypeError: Vector.__new__(int): int is not a subtype of Vector\n"
                                         "TypeError: must be real number, not str\n"));
    coil_scope_close(vm, scope);
}

static void python_derives_from_it(CoilVM *vm, Host *host) {
    size_t scope = coil_scope_open(vm);
    CHECK(host_run(vm, "class Named(Vector):\n"
                       "    def __init__(self, name, x, y):\n"
                       "        super().__init__(x, y)\n"
                       "        self.name = name\n"
                       "    def __repr__(self): return f'{self.name}={super().__repr__()}'\n"
                       "n = Named('n', 3, 4)\n"
                       "n.more = [n]\n"
                       "print(n, n + n, n.x, isinstance(n, Vector), n == Vector(3, 4), Named.zero if 0 else '', n.__dict__.keys())\n"
                       "class Slotted(Vector): __slots__ = ('a', 'b')\n"
                       "s = Slotted(1, 1)\n"
                       "s.a, s.b = 5, 6\n"
                       "print(s, s.a, s.b, sorted([n, s], key=lambda v: v.x)[0] is s)\n"
                       "try: n.__class__ = Slotted\n"
                       "except TypeError as e: print(e)\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host), "n=Vector(3, 4) Vector(6, 8) 3.0 True True  dict_keys(['name', 'more'])\n"
                                         "Vector(1, 1) 5 6 True\n"
                                         "__class__ assignment: 'Slotted' object layout differs from 'Named'\n"));
    CoilValue n = coil_get_global(vm, "n");
    Vector *data = coil_data(vm, n, &vector_class);
    CHECK(data != NULL && data->x == 3 && data->y == 4 && coil_is_a(vm, n, &vector_class));
    CHECK(coil_data(vm, coil_int(vm, 1), &vector_class) == NULL && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    CHECK(!coil_is_a(vm, coil_none(vm), &vector_class));
    CHECK(coil_data(vm, coil_error(), &vector_class) == NULL && coil_exception_matches(vm, "SystemError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

// ---- iteration, and values that the instance holds

static const CoilClass countdown_class;
static CoilValue countdown_init(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t *left = coil_data(vm, args[0], &countdown_class);
    if (left == NULL || coil_read_int(vm, args[1], left) != COIL_OK) return coil_error();
    if (argc > 2 && !coil_is_missing(vm, args[2]) && coil_set_slot(vm, args[0], 0, args[2]) != COIL_OK) return coil_error();
    return coil_none(vm);
}
static CoilValue countdown_iter(CoilVM *vm, const CoilValue *args, int argc, void *user) { return args[0]; }
static CoilValue countdown_next(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t *left = coil_data(vm, args[0], &countdown_class);
    if (left == NULL) return coil_error();
    if (*left == 0) return coil_stop(vm);
    CoilValue held = coil_get_slot(vm, args[0], 0), number = coil_int(vm, (*left)--);
    if (coil_is_none(vm, held)) return number;
    CoilValue pair[2] = {held, number};
    return coil_tuple(vm, pair, 2);
}
static const CoilFunction countdown_methods[] = {
    {.signature = "__init__(self, start, held=None)", .function = countdown_init},
    {.signature = "__iter__(self)", .function = countdown_iter},
    {.signature = "__next__(self)", .function = countdown_next},
    {0},
};
static const CoilClass countdown_class = {
    .name = "Countdown", .data_size = sizeof(int64_t), .slots = 2, .flags = COIL_CLASS_ATTRIBUTES, .methods = countdown_methods};

static void iteration_ends_with_stop(CoilVM *vm, Host *host) {
    size_t scope = coil_scope_open(vm);
    CHECK(coil_set_global(vm, "Countdown", coil_class(vm, &countdown_class)) == COIL_OK);
    CHECK(host_run(vm, "print(list(Countdown(3)), [n for n in Countdown(2, 'held')], sum(Countdown(100)), next(Countdown(0), 'over'))\n"
                       "try: next(Countdown(0))\n"
                       "except StopIteration: print('StopIteration')\n"
                       "try: Countdown(0).__next__()\n"
                       "except StopIteration: print('StopIteration')\n"
                       "c = Countdown(1)\n"
                       "c.any = 5\n"
                       "a, = Countdown(1)\n"
                       "print(c.any, a, *Countdown(2), dict(Countdown(1, 'k')))\n"
                       "kept = [Countdown(1, [i]) for i in range(2000)]\n"
                       "for c in kept: c.cycle = c\n"
                       "import gc\n"
                       "gc.collect()\n"
                       "print(all(next(c) == ([i], 1) for i, c in enumerate(kept)))\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host),
                  "[3, 2, 1] [('held', 2), ('held', 1)] 5050 over\nStopIteration\nStopIteration\n5 1 2 1 {'k': 1}\nTrue\n"));
    CoilValue made = coil_instance(vm, &countdown_class, NULL);
    CHECK(coil_set_slot(vm, made, 1, coil_int(vm, 9)) == COIL_OK);
    int64_t nine = 0;
    CHECK(coil_read_int(vm, coil_get_slot(vm, made, 1), &nine) == COIL_OK && nine == 9);
    CHECK(coil_is_none(vm, coil_get_slot(vm, made, 0)));
    CHECK(coil_is_error(coil_get_slot(vm, made, 2)) && coil_exception_matches(vm, "IndexError"));
    CHECK(coil_is_error(coil_get_slot(vm, made, -1)) && coil_exception_matches(vm, "IndexError"));
    CHECK(coil_set_slot(vm, coil_none(vm), 0, made) == COIL_RAISED && coil_exception_matches(vm, "TypeError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

// ---- finalizers, derived classes in C

typedef struct Resource { char *memory; } Resource;
static void resource_finalize(void *data, void *user) {
    Resource *resource = data;
    if (resource->memory != NULL) {
        free(resource->memory);
        ++((int *)user)[0];
    } else {
        ++((int *)user)[1];
    }
}
static int finalized[3];
static const CoilClass resource_class;
static CoilValue resource_init(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Resource *resource = coil_data(vm, args[0], &resource_class);
    bool fails = false;
    if (resource == NULL || coil_read_bool(vm, args[1], &fails) != COIL_OK) return coil_error();
    if (fails) return coil_raise(vm, "ValueError", "no resource");
    if (resource->memory == NULL) resource->memory = malloc(10);
    return coil_none(vm);
}
static const CoilFunction resource_methods[] = {{.signature = "__init__(self, fails)", .function = resource_init}, {0}};
static const CoilClass resource_class = {
    .name = "Resource", .data_size = sizeof(Resource), .methods = resource_methods, .finalize = resource_finalize, .user = finalized};

typedef struct File { Resource resource; int number; } File;
static void file_finalize(void *data, void *user) {
    CHECK(((File *)data)->number == 42);
    ++*(int *)user;
}
static const CoilClass file_class;
static CoilValue file_init(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    File *file = coil_data(vm, args[0], &file_class);
    if (file == NULL) return coil_error();
    file->number = 42;
    CoilValue base_init = coil_get_attr(vm, coil_class(vm, &resource_class), "__init__"), base_args[2] = {args[0], coil_bool(vm, false)};
    return coil_call(vm, base_init, base_args, 2);
}
static const CoilFunction file_methods[] = {{.signature = "__init__(self)", .function = file_init}, {0}};
static const CoilClass file_class = {.name = "File",
                                     .data_size = sizeof(File),
                                     .methods = file_methods,
                                     .base = &resource_class,
                                     .flags = COIL_CLASS_FINAL,
                                     .finalize = file_finalize,
                                     .user = &finalized[2]};
static const CoilClass hidden_class = {.name = "Hidden", .flags = COIL_CLASS_NO_NEW};
static const CoilClass small_class = {.name = "Small", .data_size = 1, .base = &resource_class};
static const CoilClass large_class = {.name = "Large", .data_size = 1 << 20};

static void finalizers_run_once(CoilVM *vm, Host *host) {
    size_t scope = coil_scope_open(vm);
    CHECK(coil_set_global(vm, "Resource", coil_class(vm, &resource_class)) == COIL_OK);
    CHECK(coil_set_global(vm, "File", coil_class(vm, &file_class)) == COIL_OK);
    CHECK(coil_set_global(vm, "Hidden", coil_class(vm, &hidden_class)) == COIL_OK);
    coil_scope_close(vm, scope);
    CHECK(host_run(vm, "deleted = []\n"
                       "def f():\n"
                       "    for i in range(100): Resource(False)\n"
                       "    for i in range(10):\n"
                       "        try: Resource(True)\n"
                       "        except ValueError: pass\n"
                       "    for i in range(5): File()\n"
                       "    class R(Resource):\n"
                       "        def __del__(self): deleted.append(1)\n"
                       "    r = R(False)\n"
                       "    r.cycle = r\n"
                       "f()") == COIL_OK);
    coil_collect(vm);
    coil_collect(vm);
    // A dead slot of the C stack may still name one or two of them.
    CHECK(finalized[0] >= 100 && finalized[0] <= 106 && finalized[1] >= 8 && finalized[1] <= 10 && finalized[2] >= 3 && finalized[2] <= 5);
    if (finalized[0] == 106) CHECK(host_run(vm, "assert deleted == [1]") == COIL_OK);
    CHECK(host_run(vm, "kept = [File() for i in range(7)]\nprint(isinstance(kept[0], Resource), File.__mro__)\n"
                       "for f in (lambda: type('X', (File,), {}), lambda: Hidden(), lambda: type('X', (Resource, Countdown), {})):\n"
                       "    try: f()\n"
                       "    except TypeError as e: print(e)\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host), "True (<class '__main__.File'>, <class '__main__.Resource'>, <class 'object'>)\n"
                                         "type 'File' is not an acceptable base type\n"
                                         "cannot create '__main__.Hidden' instances\n"
                                         "multiple bases have instance lay-out conflict\n"));
    scope = coil_scope_open(vm);
    CHECK(!coil_is_error(coil_instance(vm, &hidden_class, NULL)));
    CHECK(coil_is_error(coil_class(vm, &small_class)) && coil_exception_matches(vm, "ValueError"));
    CHECK(coil_is_error(coil_class(vm, &large_class)) && coil_exception_matches(vm, "ValueError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    CHECK(vm != NULL);
    a_class_is_one_as_python_has_them(vm, &host);
    python_derives_from_it(vm, &host);
    iteration_ends_with_stop(vm, &host);
    finalizers_run_once(vm, &host);
    coil_close(vm);
    CHECK(host.bytes == 0);
    CHECK(finalized[0] == 113 && finalized[1] == 10 && finalized[2] == 12);
    return 0;
}
