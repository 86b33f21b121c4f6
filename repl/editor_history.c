// Actions on the history: see editor.h.
#include "repl/editor.h"

#include <string.h>

static History *history_of(const Editor *e) { return e->base.host.history; }

void history_begin(Editor *e) {
    e->history_at = history_of(e)->count;
    text_clear(&e->new_text);
    e->search.active = false;
}

// Shows an entry; the new text is kept while an old one is shown. What was changed in an old entry is lost, as
// everywhere.
static void history_show(Editor *e, size_t at) {
    History *history = history_of(e);
    if (e->history_at == history->count) text_set(&e->new_text, text_c(&e->text), e->text.size);
    e->history_at = at;
    buffer_forget(e);
    if (at == history->count) buffer_set(e, text_c(&e->new_text), e->new_text.size);
    else buffer_set(e, history->entries[at], strlen(history->entries[at]));
}

// Blocks are no answers to input().
static bool is_offered(const Editor *e, size_t at) {
    const History *history = history_of(e);
    return !e->base.asks || at >= history->count || strchr(history->entries[at], '\n') == NULL;
}

static void history_step(Editor *e, int step) {
    size_t count = history_of(e)->count, at = e->history_at + (size_t)step;
    while (at < count && !is_offered(e, at)) at += (size_t)step;
    if (at <= count) history_show(e, at);      // counting down ends by wrapping round
}

void history_older(Editor *e) { history_step(e, -1); }
void history_newer(Editor *e) { history_step(e, 1); }
void history_oldest(Editor *e) {
    if (e->history_at > 0) history_show(e, 0);
}
void history_newest(Editor *e) {
    if (e->history_at < history_of(e)->count) history_show(e, history_of(e)->count);
}

// Within the text first, then to the next entry.
void go_up(Editor *e) {
    if (!move_line_up(e)) history_older(e);
}
void go_down(Editor *e) {
    if (!move_line_down(e)) history_newer(e);
}

// Entries that begin as the text before the cursor does.
static void history_alike(Editor *e, int step) {
    History *history = history_of(e);
    size_t prefix = e->cursor;
    for (size_t at = e->history_at + (size_t)step; at < history->count; at += (size_t)step) {
        const char *entry = history->entries[at];
        if (!is_offered(e, at) || strncmp(entry, text_c(&e->text), prefix) != 0 || strcmp(entry, text_c(&e->text)) == 0)
            continue;
        history_show(e, at);
        e->cursor = prefix;
        return;
    }
    if (step > 0 && e->history_at < history->count) {
        history_show(e, history->count);
        if (prefix < e->text.size) e->cursor = prefix;
    }
}
void history_older_alike(Editor *e) { history_alike(e, -1); }
void history_newer_alike(Editor *e) { history_alike(e, 1); }

// ---- incremental search

static void search_begin(Editor *e, int direction) {
    if (e->search.active) return;
    e->search.active = true;
    e->search.failed = false;
    e->search.direction = direction;
    e->search.at = e->search.origin = e->history_at;
    text_clear(&e->search.query);
    text_set(&e->search.before, text_c(&e->text), e->text.size);
    if (e->history_at == history_of(e)->count) text_set(&e->new_text, text_c(&e->text), e->text.size);
}
void search_older(Editor *e) { search_begin(e, -1); }
void search_newer(Editor *e) { search_begin(e, 1); }

// From the entry `from` on; what is found is shown with the cursor at the match.
static void search_look(Editor *e, size_t from) {
    History *history = history_of(e);
    const char *query = text_c(&e->search.query);
    e->search.failed = false;
    if (*query == 0) return;
    for (size_t at = from; at < history->count; at += (size_t)e->search.direction) {
        const char *found = strstr(history->entries[at], query);
        if (found == NULL || !is_offered(e, at)) continue;
        e->search.at = e->history_at = at;
        buffer_forget(e);
        buffer_set(e, history->entries[at], strlen(history->entries[at]));
        e->cursor = (size_t)(found - history->entries[at]);
        return;
    }
    e->search.failed = true;
}

static void search_cancel(Editor *e) {
    e->search.active = false;
    e->history_at = e->search.origin;
    buffer_set(e, text_c(&e->search.before), e->search.before.size);
}

// A changed query is looked for from where the search began.
static void search_again(Editor *e) {
    size_t count = history_of(e)->count, from = e->search.origin;
    if (from == count && e->search.direction < 0) from--;
    search_look(e, from);
}

bool search_key(Editor *e, const Key *key) {
    Text *query = &e->search.query;
    Action action = key->is_text ? NULL : key_action(key);
    if (key->is_text) {
        text_add(query, key->bytes, key->size);
        search_again(e);
    } else if (action == erase_left) {
        text_remove(query, text_previous(text_c(query), query->size, query->size), query->size);
        search_again(e);
    } else if (action == search_older || action == search_newer) {
        e->search.direction = action == search_older ? -1 : 1;
        size_t next = e->search.at + (size_t)e->search.direction;
        if (query->size > 0) search_look(e, next);
    } else if (key->size == 1 && key->bytes[0] == 0x07) {       // Ctrl-G
        search_cancel(e);
    } else {
        e->search.active = false;
        // A lone Escape only ends the search.
        return key->size == 1 && key->bytes[0] == 0x1b;
    }
    return true;
}
