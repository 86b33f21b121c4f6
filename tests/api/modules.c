// Modules of the host: tables, packages, constants, classes, init, and sources that a hook gives by name.
#include "api_test.h"

static CoilValue twice(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    int64_t n;
    if (coil_read_int(vm, args[0], &n) != COIL_OK) return coil_error();
    return coil_int(vm, 2 * n);
}
static const CoilFunction functions[] = {{.signature = "twice(n, /)", .function = twice, .doc = "2 * n"}, {0}};
static const CoilConstant constants[] = {COIL_INT_CONSTANT("WIDTH", 640), COIL_FLOAT_CONSTANT("PI", 3.25), COIL_TEXT_CONSTANT("NAME", "game"), {0}};
static const CoilClass entity_class = {.name = "Entity", .doc = "Something in the game.", .flags = COIL_CLASS_ATTRIBUTES};
static const CoilClass *const classes[] = {&entity_class, NULL};

static CoilStatus init(CoilVM *vm, CoilValue module, void *user) {
    ++*(int *)user;
    return coil_set_attr(vm, module, "made", coil_int(vm, *(int *)user));
}
static CoilStatus fail(CoilVM *vm, CoilValue module, void *user) {
    if (user != NULL) coil_raise(vm, "OSError", "no device");
    return COIL_RAISED;
}

static int inits;
static const CoilModule game = {
    .name = "game", .doc = "The game.", .functions = functions, .constants = constants, .classes = classes, .init = init, .user = &inits};
static const CoilModule world = {.name = "game.world", .functions = functions};
static const CoilModule deep = {.name = "a.b.c", .constants = constants};
static const CoilModule broken = {.name = "broken", .init = fail, .user = (void *)1};
static const CoilModule silent = {.name = "silent", .init = fail};
static const CoilModule time_module = {.name = "time", .constants = constants};

static void tables_are_imported(CoilVM *vm, Host *host) {
    const CoilModule *const all[] = {&game, &world, &deep, &broken, &silent, &time_module};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) CHECK(coil_add_module(vm, all[i]) == COIL_OK);
    CHECK(inits == 0);
    CHECK(host_run(vm, "import game, sys\nfrom game import twice, PI\nimport game.world as w\nfrom game.world import twice as again\n"
                       "print(game.WIDTH, PI, game.NAME, twice(21), w.twice(2), again is w.twice, game.made, game.__doc__, game)\n"
                       "print(twice.__module__, twice.__name__, twice.__doc__, 'game.world' in sys.modules, game.world is w, game.Entity)\n"
                       "e = game.Entity()\ne.x = 1\nprint(e.x)\n"
                       "import a.b.c\nprint(a.b.c.WIDTH, a.__path__)\nimport time\nprint(time.NAME)\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host), "640 3.25 game 42 4 True 1 The game. <module 'game' (built-in)>\n"
                                         "game twice 2 * n True True <class 'game.Entity'>\n1\n640 []\ngame\n"));
    CHECK(host_run(vm, "for name in 'broken', 'silent', 'broken', 'game.nothing', 'a.b.d':\n"
                       "    try: __import__(name)\n"
                       "    except Exception as e: print(type(e).__name__, e)\n"
                       "try: twice('x')\nexcept TypeError as e: print(e)\n"
                       "try: twice()\nexcept TypeError as e: print(e)\n") == COIL_OK);
    CHECK(!strcmp(host_output(vm, host), "OSError no device\nImportError module silent cannot be made\nOSError no device\n"
                                         "ModuleNotFoundError No module named 'game.nothing'\nModuleNotFoundError No module named 'a.b.d'\n"
                                         "'str' object cannot be interpreted as an integer\n"
                                         "game.twice() takes exactly one argument (0 given)\n"));
    CHECK(inits == 1);
    size_t scope = coil_scope_open(vm);
    CHECK(coil_same(vm, coil_import(vm, "game.world"), coil_eval(vm, "w")));
    CHECK(coil_is_error(coil_import(vm, "nowhere")) && coil_exception_matches(vm, "ModuleNotFoundError"));
    coil_exception_clear(vm);
    coil_scope_close(vm, scope);
}

// ---- sources by name

typedef struct Source { const char *name, *text; bool package; } Source;
static const Source sources[] = {
    {"config", "value = 5\nprint('config runs as', __name__, __file__)", false},
    {"pack", "from .inner import deep\nfrom . import inner", true},
    {"pack.inner", "import config\ndeep = config.value + 1", false},
    {"bad", "x = 1\nraise LookupError('in bad')", false},
    {"wrong", "def f(:", false},
};
typedef struct Loader { Host host; int given, released; CoilValue unit; const void *unit_data; size_t unit_size; } Loader;

static bool find(void *user, const char *name, CoilModuleSource *out) {
    Loader *loader = user;
    if (!strcmp(name, "unit") && loader->unit_data != NULL) {
        *out = (CoilModuleSource){.data = loader->unit_data, .size = loader->unit_size, .is_unit = true, .filename = "unit.py"};
        return ++loader->given;
    }
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        if (strcmp(sources[i].name, name)) continue;
        *out = (CoilModuleSource){.data = sources[i].text, .size = strlen(sources[i].text), .is_package = sources[i].package, .host = loader};
        return ++loader->given;
    }
    return false;
}
static void release(void *user, CoilModuleSource *source) { ++((Loader *)user)->released; }

static void a_hook_gives_sources(void) {
    Loader loader = {0};
    CoilConfig config = {.find_module = find, .release_module = release};
    CoilVM *vm = host_open(&loader.host, &config);
    CHECK(host_run(vm, "import pack, config\nprint(pack.deep, pack.inner.__name__, config.__file__)\n"
                       "for name in 'bad', 'wrong', 'nothing', 'pack.more':\n"
                       "    try: __import__(name)\n"
                       "    except Exception as e: print(type(e).__name__, e)\n"
                       "import sys\nprint('bad' in sys.modules)") == COIL_OK);
    CHECK(!strcmp(host_output(vm, &loader.host), "config runs as config <config>\n6 pack.inner <config>\nLookupError in bad\n"
                                                 "SyntaxError invalid syntax (<wrong>, line 1)\nModuleNotFoundError No module named 'nothing'\n"
                                                 "ModuleNotFoundError No module named 'pack.more'\nFalse\n"));
    CHECK(loader.given == 5 && loader.released == 5);
    size_t scope = coil_scope_open(vm);
    const char *text = "def f(): return [1, 'two', 3.5, 10**30, b'x', (1, None)]\nprint(f(), __name__, __file__)";
    CoilValue unit = coil_compile_unit(vm, text, strlen(text), "unit.py", COIL_EXEC);
    CHECK(coil_read_bytes(vm, unit, &loader.unit_data, &loader.unit_size) == COIL_OK);
    CHECK(host_run(vm, "import unit") == COIL_OK);
    CHECK(!strcmp(host_output(vm, &loader.host), "[1, 'two', 3.5, 1000000000000000000000000000000, b'x', (1, None)] unit unit.py\n"));
    coil_scope_close(vm, scope);
    coil_close(vm);
    CHECK(loader.host.bytes == 0);
}

int main(void) {
    Host host = {0};
    CoilVM *vm = host_open(&host, NULL);
    tables_are_imported(vm, &host);
    coil_close(vm);
    CHECK(host.bytes == 0);
    a_hook_gives_sources();
    return 0;
}
