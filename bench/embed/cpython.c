// The same in CPython, for comparison. One interpreter a process: creating and closing is the first one's.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "measure.h"

static PyObject *add(PyObject *self, PyObject *const *args, Py_ssize_t count) {
    if (count != 2) {
        PyErr_SetString(PyExc_TypeError, "add() takes two arguments");
        return NULL;
    }
    long a = PyLong_AsLong(args[0]), b = PyLong_AsLong(args[1]);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromLong(a + b);
}
static PyMethodDef add_def = {"add", (PyCFunction)(void (*)(void))add, METH_FASTCALL, NULL};

static const char script[] =
    "def small(a, b):\n"
    "    return a + b\n"
    "def calls_c(n):\n"
    "    f = add\n"
    "    for i in range(n): f(i, 1)\n"
    "def empty_loop(n):\n"
    "    for i in range(n): pass\n";

static void call_python(void *context, long count) {
    PyObject *function = PyDict_GetItemString(context, "small");
    long sum = 0;
    for (long i = 0; i < count; i++) {
        PyObject *args[2] = {PyLong_FromLong(i), PyLong_FromLong(1)};
        PyObject *result = PyObject_Vectorcall(function, args, 2, NULL);
        if (result == NULL) exit(1);
        sum += PyLong_AsLong(result);
        Py_DECREF(result);
        Py_DECREF(args[0]);
        Py_DECREF(args[1]);
    }
    if (sum == 0) exit(1);
}

static void run_function(void *globals, const char *name, long count) {
    PyObject *result = PyObject_CallFunction(PyDict_GetItemString(globals, name), "l", count);
    if (result == NULL) exit(1);
    Py_DECREF(result);
}
static void python_calls_c(void *context, long count) { run_function(context, "calls_c", count); }
static void python_loop(void *context, long count) { run_function(context, "empty_loop", count); }

int main(void) {
    double begin = seconds(), before = resident_bytes();
    Py_InitializeEx(0);
    printf("== CPython %s\ncreate an interpreter: %.0f us\n", PY_VERSION, (seconds() - begin) * 1e6);
    PyObject *globals = PyModule_GetDict(PyImport_AddModule("__main__")), *function = PyCFunction_New(&add_def, NULL);
    PyDict_SetItemString(globals, "add", function);
    if (PyRun_String(script, Py_file_input, globals, globals) == NULL) return 1;
    printf("memory of the interpreter after a script: %.0f KB\n", (resident_bytes() - before) / 1024);
    measure("C -> Python -> C", call_python, globals, 2000000);
    measure("Python -> C -> Python, with the loop", python_calls_c, globals, 3000000);
    measure("the loop alone", python_loop, globals, 10000000);
    Py_FinalizeEx();
    return 0;
}
