# Graph algorithms over one small road map: breadth first, Dijkstra, Kruskal, topological order, components, colours.

ROADS = """
Ahlen-Berg 7, Ahlen-Dorf 5, Berg-Cram 8, Berg-Dorf 9, Berg-Elm 7, Cram-Elm 5, Dorf-Elm 15, Dorf-Furt 6,
Elm-Furt 8, Elm-Gau 9, Furt-Gau 11, Hof-Insel 3, Insel-Jork 4
"""


class Graph:
    def __init__(self):
        self.edges = {}

    @classmethod
    def parse(cls, text):
        graph = cls()
        for road in text.replace("\n", " ").split(","):
            ends, length = road.split()
            a, _, b = ends.partition("-")
            graph.connect(a, b, int(length))
        return graph

    def connect(self, a, b, length):
        self.edges.setdefault(a, {})[b] = length
        self.edges.setdefault(b, {})[a] = length

    def __iter__(self):
        return iter(sorted(self.edges))

    def __len__(self):
        return len(self.edges)

    def __getitem__(self, node):
        return self.edges[node]

    def all_edges(self):
        return sorted((length, a, b) for a in self for b, length in self[a].items() if a < b)


def breadth_first(graph, start):
    distance = {start: 0}
    queue = [start]
    for node in queue:
        for neighbour in sorted(graph[node]):
            if neighbour not in distance:
                distance[neighbour] = distance[node] + 1
                queue.append(neighbour)
    return distance


def dijkstra(graph, start):
    best, before, done = {start: 0}, {}, set()
    while candidates := [(length, node) for node, length in best.items() if node not in done]:
        length, node = min(candidates)
        done.add(node)
        for neighbour, step in graph[node].items():
            if length + step < best.get(neighbour, float("inf")):
                best[neighbour] = length + step
                before[neighbour] = node
    return best, before


def path(before, goal):
    steps = [goal]
    while steps[-1] in before:
        steps.append(before[steps[-1]])
    return " > ".join(reversed(steps))


def kruskal(graph):
    parent = {node: node for node in graph}

    def find(node):
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for length, a, b in graph.all_edges():
        root_a, root_b = find(a), find(b)
        if root_a != root_b:
            parent[root_a] = root_b
            yield length, a, b


def components(graph):
    seen = set()
    for node in graph:
        if node not in seen:
            component = breadth_first(graph, node).keys()
            seen |= component
            yield sorted(component)


def colouring(graph):
    colours = {}
    for node in sorted(graph, key=lambda n: (-len(graph[n]), n)):
        taken = {colours.get(neighbour) for neighbour in graph[node]}
        colours[node] = next(colour for colour in range(len(graph)) if colour not in taken)
    return colours


def topological(needs):
    state, order = {}, []

    def visit(node, trail):
        if state.get(node) == "done":
            return
        if state.get(node) == "open":
            raise ValueError("cycle: " + " -> ".join(trail[trail.index(node):] + [node]))
        state[node] = "open"
        for need in sorted(needs.get(node, ())):
            visit(need, trail + [node])
        state[node] = "done"
        order.append(node)

    for node in sorted(needs):
        visit(node, [])
    return order


graph = Graph.parse(ROADS)
print(len(graph), "towns,", len(graph.all_edges()), "roads")
print("hops from Ahlen:", breadth_first(graph, "Ahlen"))
best, before = dijkstra(graph, "Ahlen")
for town in sorted(best, key=best.get):
    print(f"  {town:6} {best[town]:3} km by {path(before, town)}")
tree = list(kruskal(graph))
print("cheapest net:", sum(length for length, *_ in tree), "km:", *(f"{a}-{b}" for _, a, b in tree))
print("components:", *components(graph), sep="\n  ")
colours = colouring(graph)
print("colours:", {town: "red green blue".split()[colour] for town, colour in sorted(colours.items())})
assert all(colours[a] != colours[b] for _, a, b in graph.all_edges())

CLOTHES = {"shoes": {"trousers", "socks"}, "trousers": {"underwear"}, "jacket": {"shirt", "belt"}, "belt": {"trousers"}}
print("getting dressed:", ", ".join(topological(CLOTHES)))
try:
    topological(CLOTHES | {"underwear": {"jacket"}})
except ValueError as error:
    print(error)
