// The same in Lua, for comparison.
#include "measure.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

static int add(lua_State *L) {
    lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2));
    return 1;
}

static int up(lua_State *L) {
    lua_Integer *data = luaL_checkudata(L, 1, "Counter");
    lua_pushinteger(L, *data += luaL_checkinteger(L, 2));
    return 1;
}

static const char script[] =
    "function small(a, b) return a + b end\n"
    "function calls_c(n) local f = add; for i = 1, n do f(i, 1) end end\n"
    "function run_methods(n) local c = counter; for i = 1, n do c:up(1) end end\n"
    "function empty_loop(n) for i = 1, n do end end\n";

static void open_and_close(void *context, long count) {
    for (long i = 0; i < count; i++) {
        lua_State *L = luaL_newstate();
        luaL_openlibs(L);
        lua_close(L);
    }
}

static void call_lua(void *context, long count) {
    lua_State *L = context;
    lua_getglobal(L, "small");
    lua_Integer sum = 0;
    for (long i = 0; i < count; i++) {
        lua_pushvalue(L, -1);
        lua_pushinteger(L, i);
        lua_pushinteger(L, 1);
        if (lua_pcall(L, 2, 1, 0) != LUA_OK) exit(1);
        sum += lua_tointeger(L, -1);
        lua_pop(L, 1);
    }
    if (sum == 0) exit(1);
    lua_pop(L, 1);
}

static void run_function(lua_State *L, const char *name, long count) {
    lua_getglobal(L, name);
    lua_pushinteger(L, count);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) exit(1);
}
static void lua_calls_c(void *context, long count) { run_function(context, "calls_c", count); }
static void lua_calls_method(void *context, long count) { run_function(context, "run_methods", count); }
static void lua_loop(void *context, long count) { run_function(context, "empty_loop", count); }

int main(void) {
    printf("== %s\n", LUA_RELEASE);
    measure("create and close a state", open_and_close, NULL, 300);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    lua_register(L, "add", add);
    luaL_newmetatable(L, "Counter");
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, up);
    lua_setfield(L, -2, "up");
    lua_pop(L, 1);
    memset(lua_newuserdatauv(L, sizeof(lua_Integer), 0), 0, sizeof(lua_Integer));
    luaL_setmetatable(L, "Counter");
    lua_setglobal(L, "counter");
    if (luaL_dostring(L, script) != LUA_OK) return 1;
    printf("memory of a state after a script: %d KB\n", lua_gc(L, LUA_GCCOUNT));
    measure("C -> Lua -> C", call_lua, L, 2000000);
    measure("Lua -> C -> Lua, with the loop", lua_calls_c, L, 3000000);
    measure("a method of a userdata", lua_calls_method, L, 3000000);
    measure("the loop alone", lua_loop, L, 10000000);
    lua_close(L);
    return 0;
}
