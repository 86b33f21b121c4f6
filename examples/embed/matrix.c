// A class of the host's: 2-by-2 matrices whose numbers are C's, with operators, items, iteration and a finalizer, and a Python class derived
// from it.
#include <coil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Matrix { double *cells; } Matrix;   // 4, allocated by the host
static int alive;

static const CoilClass matrix_class;

static void matrix_finalize(void *data, void *user) {
    Matrix *matrix = data;
    if (matrix->cells == NULL) return;   // __init__ was never called
    free(matrix->cells);
    --*(int *)user;
}

static bool matrix_allocate(CoilVM *vm, Matrix *matrix) {
    if (matrix->cells != NULL) return true;
    matrix->cells = calloc(4, sizeof(double));
    if (matrix->cells == NULL) return coil_raise(vm, "MemoryError", "no room for a matrix"), false;
    alive++;
    return true;
}

// The cells of a matrix; NULL with TypeError for anything else, and with ValueError for one whose __init__ was not called.
static double *cells_of(CoilVM *vm, CoilValue v) {
    Matrix *matrix = coil_data(vm, v, &matrix_class);
    if (matrix != NULL && matrix->cells == NULL) coil_raise(vm, "ValueError", "the matrix was not initialised");
    return matrix == NULL ? NULL : matrix->cells;
}

static CoilValue matrix_init(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Matrix *matrix = coil_data(vm, args[0], &matrix_class);
    if (matrix == NULL || !matrix_allocate(vm, matrix)) return coil_error();
    for (int i = 0; i < 4; i++)
        if (coil_read_float(vm, args[i + 1], &matrix->cells[i]) != COIL_OK) return coil_error();
    return coil_none(vm);
}

static CoilValue matrix_new(CoilVM *vm, const double cells[4]) {
    void *data;
    CoilValue made = coil_instance(vm, &matrix_class, &data);
    if (coil_is_error(made) || !matrix_allocate(vm, data)) return coil_error();
    memcpy(((Matrix *)data)->cells, cells, 4 * sizeof(double));
    return made;
}

static CoilValue matrix_matmul(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    if (!coil_is_a(vm, args[1], &matrix_class)) return coil_not_implemented(vm);
    const double *a = cells_of(vm, args[0]), *b = cells_of(vm, args[1]);
    if (a == NULL || b == NULL) return coil_error();
    const double product[4] = {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]};
    return matrix_new(vm, product);
}

static CoilValue matrix_getitem(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    const double *cells = cells_of(vm, args[0]);
    int64_t row, column;
    if (cells == NULL || coil_read_int(vm, coil_get_index(vm, args[1], 0), &row) != COIL_OK ||
        coil_read_int(vm, coil_get_index(vm, args[1], 1), &column) != COIL_OK)
        return coil_error();
    if (row < 0 || row > 1 || column < 0 || column > 1) return coil_raise(vm, "IndexError", "rows and columns are 0 and 1");
    return coil_float(vm, cells[row * 2 + column]);
}

static CoilValue matrix_repr(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    const double *cells = cells_of(vm, args[0]);
    char text[120];
    if (cells == NULL) return coil_error();
    int size = snprintf(text, sizeof text, "%s(%g, %g, %g, %g)", coil_type_name(vm, args[0]), cells[0], cells[1], cells[2], cells[3]);
    return coil_str(vm, text, size < (int)sizeof text ? (size_t)size : sizeof text - 1);
}

static CoilValue matrix_determinant(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    const double *cells = cells_of(vm, args[0]);
    return cells == NULL ? coil_error() : coil_float(vm, cells[0] * cells[3] - cells[1] * cells[2]);
}

static CoilValue matrix_identity(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    CoilValue one = coil_int(vm, 1), zero = coil_int(vm, 0), cells[4] = {one, zero, zero, one};
    return coil_call(vm, args[0], cells, 4);   // args[0] is the class: a derived one makes one of its own
}

static const CoilFunction methods[] = {
    {.signature = "__init__(self, a, b, c, d, /)", .function = matrix_init},
    {.signature = "__matmul__(self, other, /)", .function = matrix_matmul},
    {.signature = "__getitem__(self, place, /)", .function = matrix_getitem},
    {.signature = "__repr__(self, /)", .function = matrix_repr},
    {.signature = "identity(cls)", .function = matrix_identity, .kind = COIL_CLASS_METHOD},
    {0},
};
static const CoilProperty properties[] = {{.name = "determinant", .get = matrix_determinant, .doc = "The area of what the unit square becomes."}, {0}};
static const CoilClass matrix_class = {.name = "Matrix",
                                       .doc = "Two by two numbers.",
                                       .data_size = sizeof(Matrix),
                                       .methods = methods,
                                       .properties = properties,
                                       .finalize = matrix_finalize,
                                       .user = &alive};
static const CoilClass *const classes[] = {&matrix_class, NULL};
static const CoilModule linear = {.name = "linear", .classes = classes};

static const char script[] =
    "from linear import Matrix\n"
    "m = Matrix(2, 0, 1, 3)\n"
    "print(m, m @ m, m[1, 0], m.determinant)\n"
    "class Rotation(Matrix):\n"
    "    def inverse(self): return Rotation(self[0, 0], self[1, 0], self[0, 1], self[1, 1])\n"
    "quarter = Rotation(0, -1, 1, 0)\n"
    "print(quarter, quarter.inverse(), quarter @ quarter.inverse(), Rotation.identity())\n"
    "for wrong in (lambda: m @ 2, lambda: Matrix(1, 2, 3), lambda: Matrix('a', 0, 0, 0), lambda: m[2, 0]):\n"
    "    try: wrong()\n"
    "    except Exception as e: print(type(e).__name__, e)\n"
    "for i in range(1000): m @ m\n";

int main(void) {
    CoilConfig config = {0};
    coil_config_open(&config);
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) return 1;
    int status = 0;
    if (coil_add_module(vm, &linear) != COIL_OK || coil_run(vm, script, sizeof script - 1, "<matrix>", COIL_EXEC, 0) != COIL_OK)
        status = coil_report(vm);
    coil_flush(vm);
    printf("many alive: %s\n", alive > 1000 ? "yes" : "no");
    coil_collect(vm);
    printf("few alive after a collection: %s\n", alive < 20 ? "yes" : "no");
    coil_close(vm);
    printf("alive at the end: %d\n", alive);
    return status;
}
