# Objects with virtual methods: variables bound by one-way constraints, replanned and propagated again and again.
class Variable:
    def __init__(self, name, value):
        self.name, self.value = name, value
        self.inputs, self.outputs = [], []
        self.mark, self.settled = 0, True


class Constraint:
    strength = 5

    def __init__(self, target, *sources):
        self.target, self.sources, self.active = target, sources, True
        target.inputs.append(self)
        for source in sources:
            source.outputs.append(self)

    def known(self, mark):
        for source in self.sources:
            if source.mark != mark and source.inputs:
                return False
        return True

    def execute(self):
        self.target.value = self.compute()


class Equal(Constraint):
    def compute(self):
        return self.sources[0].value


class Scale(Constraint):
    strength = 3

    def __init__(self, target, source, factor, offset):
        super().__init__(target, source)
        self.factor, self.offset = factor, offset

    def compute(self):
        return self.sources[0].value * self.factor + self.offset


class Sum(Constraint):
    def compute(self):
        total = 0
        for source in self.sources:
            total += source.value
        return total


class Smallest(Constraint):
    strength = 1

    def compute(self):
        return min(source.value for source in self.sources)


class Planner:
    def __init__(self):
        self.mark = 0

    def plan(self, changed):
        self.mark += 1
        mark, plan, todo = self.mark, [], [changed]
        changed.mark = mark
        while todo:
            variable = todo.pop()
            for constraint in variable.outputs:
                if constraint.active and constraint.target.mark != mark:
                    plan.append(constraint)
                    constraint.target.mark = mark
                    todo.insert(0, constraint.target)
        return plan

    def change(self, variable, value, rounds):
        plan = self.plan(variable)
        for i in range(rounds):
            variable.value = value + i
            for constraint in plan:
                constraint.execute()


def chain(n):
    variables = [Variable(f"v{i}", 0) for i in range(n)]
    for i in range(1, n):
        if i % 3:
            Equal(variables[i], variables[i - 1])
        else:
            Scale(variables[i], variables[i - 1], 1, i % 5)
    return variables


def network(width, depth):
    layers = [[Variable(f"{d}.{w}", w) for w in range(width)] for d in range(depth)]
    for d in range(1, depth):
        for w in range(width):
            above = layers[d - 1]
            left, right = above[w - 1], above[(w + 1) % width]
            if (d + w) % 4 == 0:
                Smallest(layers[d][w], left, above[w], right)
            elif (d + w) % 4 == 1:
                Scale(layers[d][w], left, 2, -1)
            elif d % 2:
                Sum(layers[d][w], left, right)
            else:
                Equal(layers[d][w], above[w])
    return layers


planner = Planner()
line = chain(400)
net = network(12, 14)
for i in range(400):
    planner.change(line[0], i, 10)
    planner.change(net[0][i % 12], i, 20)
    line[100 + i % 100].outputs[0].active = i % 2 == 0
print(line[-1].value, sum(v.value for v in net[-1]) % 1000003, len(planner.plan(net[0][0])))
