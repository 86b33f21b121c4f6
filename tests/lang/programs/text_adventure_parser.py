import sys
class Room:
    def __init__(self, name, **exits): self.name, self.exits, self.items = name, exits, []
class Game:
    def __init__(self):
        self.rooms = {n: Room(n, **e) for n, e in {"hall": dict(north="library", east="kitchen"), "library": dict(south="hall"), "kitchen": dict(west="hall", down="cellar"), "cellar": dict(up="kitchen")}.items()}
        self.rooms["cellar"].items += ["lamp"]
        self.rooms["library"].items += ["book", "key"]
        self.here, self.bag, self.moves = self.rooms["hall"], [], 0
    def do(self, line):
        self.moves += 1
        match line.lower().split():
            case []: return "?"
            case ["go", direction] | [("north" | "south" | "east" | "west" | "up" | "down") as direction]:
                try: self.here = self.rooms[self.here.exits[direction]]
                except KeyError: return f"no way {direction}"
                return f"you are in the {self.here.name}"
            case ["take", "all"]:
                taken, self.here.items = self.here.items, []
                self.bag.extend(taken)
                return f"taken: {', '.join(taken) or 'nothing'}"
            case ["take" | "get", *things] if things:
                return "; ".join(self.take(t) for t in things)
            case ["drop", thing] if thing in self.bag:
                self.bag.remove(thing); self.here.items.append(thing)
                return "dropped"
            case ["drop", _]: return "you have none"
            case ["look"]: return f"{self.here.name}: {sorted(self.here.items)} exits {sorted(self.here.exits)}"
            case ["i" | "inventory"]: return str(sorted(self.bag))
            case ["say", *words]: return " ".join(words).upper() + "!"
            case [verb, *_]: return f"I do not know how to {verb}"
    def take(self, thing):
        if thing not in self.here.items: return f"no {thing} here"
        self.here.items.remove(thing)
        self.bag.append(thing)
        return f"{thing} taken"
g = Game()
for line in ["look", "north", "take book lamp", "take all", "i", "go south", "east", "down", "get lamp", "drop book", "drop book", "look", "fly away", "", "say hello  there", "up", "go", "west", "inventory"]:
    print(f"> {line}\n{g.do(line)}")
print(g.moves, {n: r.items for n, r in g.rooms.items() if r.items}, file=sys.stdout)
