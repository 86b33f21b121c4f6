// What CPython's site module adds to the built-ins: exit, quit, help, copyright, credits, license.
#include "vm/builtins.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

// ---- exit and quit

static Value quitter_call(VM *vm, const Value *args, int argc) {
    Value code = arg_or(args, argc, 1, NONE);
    return raise_with_args(vm, vm->exc.SystemExit, 1, &code);
}

static Value quitter_repr(VM *vm, const Value *args, int argc) {
    Value name = attr_get(vm, args[0], vm->names.name);
    if (is_error(name)) return ERROR;
    return object_or_error(str_printf(vm, "Use %V() or Ctrl-D (i.e. EOF) to exit", name));
}

static const NativeDef quitter_methods[] = {
    {"__call__(self, code=None)", quitter_call, NULL, 0},
    {"__repr__(self, /)", quitter_repr, NULL, 0},
    {0},
};

// ---- copyright, credits, license

static const struct { const char *name, *shown, *text; } printers[] = {
    {"copyright", NULL, "Copyright (c) 2026 The Coil authors.\nAll Rights Reserved."},
    {"credits", NULL, "Coil speaks Python, the language of Guido van Rossum and the Python community; it stands on utf8proc, PCRE2 and libuv."},
    {"license", "Type license() to see the full license text",
     "MIT License\n\nCopyright (c) 2026 The Coil authors\n\n"
     "Permission is hereby granted, free of charge, to any person obtaining a copy\n"
     "of this software and associated documentation files (the \"Software\"), to deal\n"
     "in the Software without restriction, including without limitation the rights\n"
     "to use, copy, modify, merge, publish, distribute, sublicense, and/or sell\n"
     "copies of the Software, and to permit persons to whom the Software is\n"
     "furnished to do so, subject to the following conditions:\n\n"
     "The above copyright notice and this permission notice shall be included in all\n"
     "copies or substantial portions of the Software.\n\n"
     "THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR\n"
     "IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,\n"
     "FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE\n"
     "AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER\n"
     "LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,\n"
     "OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE\n"
     "SOFTWARE."},
};

// The row that an instance's name says; NULL with an exception.
static const char *printer_text(VM *vm, Value self, bool shown) {
    Value name = attr_get(vm, self, vm->names.name);
    for (size_t i = 0; i < sizeof printers / sizeof printers[0] && is_str(name); i++)
        if (str_equals_c(vm, to_str(name), printers[i].name)) return shown && printers[i].shown != NULL ? printers[i].shown : printers[i].text;
    return is_error(name) ? NULL : "";
}

static Value printer_repr(VM *vm, const Value *args, int argc) {
    const char *text = printer_text(vm, args[0], true);
    return text == NULL ? ERROR : object_or_error(str_from_c(vm, text));
}

static Value printer_call(VM *vm, const Value *args, int argc) {
    const char *text = printer_text(vm, args[0], false);
    Value print = text == NULL ? ERROR : dict_get_str(vm, vm->builtins, str_intern_c(vm, "print"));
    Str *line = is_error(print) || is_undefined(print) ? NULL : str_from_c(vm, text);
    Value argument = object_or_error(line);
    return is_error(argument) ? ERROR : call_value(vm, print, &argument, 1);
}

static const NativeDef printer_methods[] = {
    {"__call__(self, /)", printer_call, NULL, 0},
    {"__repr__(self, /)", printer_repr, NULL, 0},
    {0},
};

// ---- help: the module _help, loaded when it is first needed

static Value helper_call(VM *vm, const Value *args, int argc) {
    Str *module_name = str_intern_c(vm, "_help"), *function_name = str_intern_c(vm, "help");
    Value module = module_name == NULL || function_name == NULL ? ERROR : import_module(vm, module_name, NULL, from_object(vm->empty_tuple), 0);
    Value function = is_error(module) ? ERROR : attr_get(vm, module, function_name);
    return is_error(function) ? ERROR : call_value(vm, function, args + 1, argc - 1);
}

static Value helper_repr(VM *vm, const Value *args, int argc) {
    return object_or_error(str_from_c(vm, "Type help() for interactive help, or help(object) for help about object."));
}

static const NativeDef helper_methods[] = {
    {"__call__(self, /, *args)", helper_call, NULL, 0},
    {"__repr__(self, /)", helper_repr, NULL, 0},
    {0},
};

// ---- the objects

static Class *site_class(VM *vm, const char *name, const char *doc, const NativeDef *methods) {
    Str *module = str_intern_c(vm, "_sitebuiltins");
    Class *cls = module == NULL ? NULL : class_create_simple(vm, "_sitebuiltins", name, vm->types.object, doc);
    if (cls == NULL) return NULL;
    cls->flags |= CLASS_HAS_DICT;
    for (const NativeDef *def = methods; def->signature != NULL; def++) {
        Value method = native_new(vm, def, cls, from_object(module));
        if (is_error(method) || !dict_set_str(vm, cls->dict, to_native(method)->name, method)) return NULL;
    }
    class_changed(vm, cls);
    return cls;
}

static bool add_instance(VM *vm, Dict *dict, Class *cls, const char *name) {
    Value instance = cls == NULL ? ERROR : instance_new(vm, cls);
    Str *text = str_intern_c(vm, name);
    return !is_error(instance) && text != NULL && attr_set(vm, instance, vm->names.name, from_object(text)) && dict_set_str(vm, dict, text, instance);
}

bool site_init(VM *vm, Dict *dict) {
    Class *quitter = site_class(vm, "Quitter", NULL, quitter_methods);
    if (!add_instance(vm, dict, quitter, "exit") || !add_instance(vm, dict, quitter, "quit")) return false;
    Class *printer = site_class(vm, "_Printer", "Prompting for a text, and the text itself when called.", printer_methods);
    for (size_t i = 0; i < sizeof printers / sizeof printers[0]; i++)
        if (!add_instance(vm, dict, printer, printers[i].name)) return false;
    Class *helper = site_class(vm, "_Helper", "help() is a conversation, help(object) tells of the object.", helper_methods);
    return add_instance(vm, dict, helper, "help");
}
