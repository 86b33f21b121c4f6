// A game: every entity is a coroutine that goes on once a frame, and all of them together get so many steps a frame and no more.
//
// `await frame()` in a script waits for the next frame: a future that the host completes when it comes. What an entity does between two
// awaits is one step of the loop. One that loops for ever without awaiting is stopped by the limit on instructions.
#include <coil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAITING_MAX = 64, STEPS_A_FRAME = 40 };

typedef struct Game {
    CoilFuture *waiting[WAITING_MAX];   // one for each entity that waits for the next frame
    int waiting_count;
    int number;
} Game;

// An awaitable: the host keeps the future and completes it when the frame begins.
static CoilValue game_frame(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    Game *game = user;
    if (game->waiting_count == WAITING_MAX) return coil_raise(vm, "RuntimeError", "too many entities");
    CoilValue awaitable;
    CoilFuture *future = coil_future(vm, &awaitable);
    if (future == NULL) return coil_error();
    game->waiting[game->waiting_count++] = future;
    return awaitable;
}

static CoilValue game_show(CoilVM *vm, const CoilValue *args, int argc, void *user) {
    const char *name;
    int64_t x;
    if (coil_read_str(vm, args[0], &name, NULL) != COIL_OK || coil_read_int(vm, args[1], &x) != COIL_OK) return coil_error();
    printf("  %-6s %*s*\n", name, (int)x, "");
    return coil_none(vm);
}

static void entity_done(CoilVM *vm, CoilStatus status, CoilValue result, void *user) {
    const char *text = "?";
    CoilError error;
    if (status == COIL_OK && coil_read_str(vm, coil_to_str(vm, result), &text, NULL) == COIL_OK) printf("  %s ends: %s\n", (const char *)user, text);
    else if (coil_exception_describe(vm, result, &error) == COIL_OK) printf("  %s failed: %s: %s\n", (const char *)user, error.type, error.message);
}

static const char script[] =
    "from game import frame, show\n"
    "\n"
    "async def walker(name, x, speed):\n"
    "    for _ in range(4):\n"
    "        x += speed\n"
    "        show(name, x)\n"
    "        await frame()\n"
    "    return f'at {x}'\n"
    "\n"
    "async def follower(name):\n"
    "    x = 0\n"
    "    while x < 6:\n"
    "        x += (8 - x) // 2\n"
    "        show(name, x)\n"
    "        await frame()\n"
    "    return 'caught up'\n"
    "\n"
    "async def broken():\n"
    "    await frame()\n"
    "    await frame()\n"
    "    return 1 / 0\n";

static int fail(CoilVM *vm) {
    int status = coil_report(vm);
    coil_close(vm);
    return status;
}

static bool spawn(CoilVM *vm, const char *expression, const char *name) {
    size_t scope = coil_scope_open(vm);
    bool ok = !coil_is_error(coil_start(vm, coil_eval(vm, expression), entity_done, (void *)(uintptr_t)name));
    coil_scope_close(vm, scope);
    return ok;
}

int main(void) {
    Game game = {0};
    CoilConfig config = {0};
    coil_config_open(&config);
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) return 1;
    const CoilFunction functions[] = {
        {.signature = "frame()", .function = game_frame, .doc = "Await it: goes on in the next frame.", .user = &game},
        {.signature = "show(name, x)", .function = game_show, .user = &game},
        {0},
    };
    const CoilModule module = {.name = "game", .functions = functions};
    if (coil_add_module(vm, &module) != COIL_OK || coil_run(vm, script, sizeof script - 1, "game.py", COIL_EXEC, 0) != COIL_OK) return fail(vm);
    if (!spawn(vm, "walker('ant', 0, 1)", "ant") || !spawn(vm, "walker('bee', 1, 3)", "bee") || !spawn(vm, "follower('cat')", "cat") ||
        !spawn(vm, "broken()", "dog"))
        return fail(vm);

    CoilLoopStep step = {.tasks = 1};
    while (step.tasks > 0 && game.number < 20) {
        printf("frame %d\n", ++game.number);
        // What waits for the frame may go on; what it awaits next is for the frame after this one.
        int count = game.waiting_count;
        game.waiting_count = 0;
        CoilFuture *due[WAITING_MAX];
        memcpy(due, game.waiting, (size_t)count * sizeof *due);
        for (int i = 0; i < count; i++)
            if (!coil_future_set_none(due[i])) return fail(vm);
        // A frame's worth of steps. With the budget used up the rest goes on in the next frame.
        if (coil_limits_set(vm, &(CoilLimits){.instructions = 1000000}) != COIL_OK || coil_loop_step(vm, STEPS_A_FRAME, &step) != COIL_OK)
            return fail(vm);
    }
    coil_close(vm);
    for (int i = 0; i < game.waiting_count; i++) coil_future_drop(game.waiting[i]);
    return 0;
}
