"""Random B-RASP and C-RASP programs over 0 and 1 as text, each with what src/certify/FORMAT.md, sections 36.1 and 30.1, says that it means.

An expression is its text and a function; nothing here is taken from attest.
"""


class RandomBrasp:
    """Definitions are true or false at each position of a word and at position 0 before it."""

    def __init__(self, random):
        self.random = random
        self.lines = ["alphabet 0 1"]
        self.definitions = []  # name, and the function of (word, i, values so far by name and position)
        for symbol in "01":
            self.add(f"symbol {symbol}", lambda word, i, values, symbol=symbol: i > 0 and word[i - 1] == symbol)
        if random.random() < 0.5:
            self.add("bos", lambda word, i, values: i == 0)
        for _ in range(random.randint(1, 6)):
            self.add_any()
        self.output = self.definitions[-1][0]
        if random.random() < 0.3:
            self.output = random.choice(self.definitions)[0]
            self.lines.append(f"output {self.output}")

    def text(self):
        return "\n".join(self.lines) + "\n"

    def add(self, body, meaning):
        name = f"p{len(self.definitions)}"
        self.lines.append(f"{name} = {body}")
        self.definitions.append((name, meaning))

    def add_any(self):
        if self.random.random() < 0.35:
            text, holds = self.expression(3, False)
            return self.add(text, lambda word, i, values: holds(values, i, i))
        (score_text, score), (value_text, value) = self.expression(2, True), self.expression(2, True)
        last = self.random.random() < 0.5

        def attention(word, i, values):
            found = [j for j in range(i) if score(values, i, j)]
            return bool(found) and value(values, i, found[-1 if last else 0])

        return self.add(f"{'rightmost' if last else 'leftmost'}({score_text}, {value_text})", attention)

    def expression(self, depth, attends):
        """A text, and whether it is true of values at i and j."""
        kind = self.random.randrange(9) if depth > 0 else 0
        if kind == 8:
            truth = self.random.random() < 0.5
            return ("true" if truth else "false"), lambda values, i, j: truth
        if kind == 7:
            text, holds = self.expression(depth - 1, attends)
            return f"!({text})", lambda values, i, j: not holds(values, i, j)
        if kind >= 3:
            (a, left), (b, right) = self.expression(depth - 1, attends), self.expression(depth - 1, attends)
            if kind >= 5:
                return f"({a}) & ({b})", lambda values, i, j: left(values, i, j) and right(values, i, j)
            return f"({a}) | ({b})", lambda values, i, j: left(values, i, j) or right(values, i, j)
        name = self.random.choice(self.definitions)[0]
        mark = self.random.choice(["@i", "@j", ""]) if attends else ""
        return name + mark, lambda values, i, j: values[name][j if mark == "@j" else i]

    def accepts(self, word):
        values = {}
        for name, meaning in self.definitions:
            values[name] = [meaning(word, i, values) for i in range(len(word) + 1)]
        return values[self.output][-1]


class RandomCrasp:
    """Definitions are Booleans or counts at each position; a count looks at the positions up to it."""

    RELATIONS = {"<": int.__lt__, "<=": int.__le__, "=": int.__eq__, "!=": int.__ne__, ">=": int.__ge__, ">": int.__gt__}

    def __init__(self, random):
        self.random = random
        self.lines = ["alphabet 0 1"]
        self.names = {True: [], False: []}  # of Booleans, of counts
        self.definitions = []
        for k in range(random.randint(1, 4)):
            self.add(f"d{k}", random.random() < 0.5)
        self.add("out", True)
        self.lines.append("output out")

    def text(self):
        return "\n".join(self.lines) + "\n"

    def add(self, name, is_boolean):
        text, value = self.boolean(3) if is_boolean else self.count(3)
        self.lines.append(f"{name} = {text}")
        self.definitions.append((name, value))
        self.names[is_boolean].append(name)

    def named(self, is_boolean):
        name = self.random.choice(self.names[is_boolean])
        return name, lambda at, i: at[name][i]

    def count(self, depth):
        kind = self.random.randrange(8) if depth > 0 else 0
        if kind == 0 and self.names[False] and self.random.random() < 0.6:
            return self.named(False)
        if kind <= 1:
            number = self.random.randint(0, 3)
            return str(number), lambda at, i: number
        if kind <= 3:
            text, holds = self.boolean(depth - 1)
            return f"#[{text}]", lambda at, i: sum(holds(at, j) for j in range(i + 1))
        (a, left), (b, right) = self.count(depth - 1), self.count(depth - 1)
        if kind == 4:
            return f"({a}) + ({b})", lambda at, i: left(at, i) + right(at, i)
        if kind == 5:
            return f"2*({a}) - ({b})", lambda at, i: 2 * left(at, i) - right(at, i)
        if kind == 6:
            choose = self.random.choice([min, max])
            return f"{choose.__name__}({a}, {b})", lambda at, i: choose(left(at, i), right(at, i))
        text, holds = self.boolean(depth - 1)
        return f"({text} ? {a} : {b})", lambda at, i: left(at, i) if holds(at, i) else right(at, i)

    def boolean(self, depth):
        kind = self.random.randrange(8) if depth > 0 else 0
        if kind == 0 and self.names[True] and self.random.random() < 0.6:
            return self.named(True)
        if kind <= 1:
            symbol = self.random.choice("01")
            return f"Q({symbol})", lambda at, i: at["word"][i] == symbol
        if kind == 2:
            text, holds = self.boolean(depth - 1)
            return f"!({text})", lambda at, i: not holds(at, i)
        if kind <= 4:
            (a, left), (b, right) = self.boolean(depth - 1), self.boolean(depth - 1)
            if kind == 3:
                return f"({a}) & ({b})", lambda at, i: left(at, i) and right(at, i)
            return f"({a}) | ({b})", lambda at, i: left(at, i) or right(at, i)
        (a, left), (b, right) = self.count(depth - 1), self.count(depth - 1)
        sign = self.random.choice(list(self.RELATIONS))
        return f"({a}) {sign} ({b})", lambda at, i: self.RELATIONS[sign](left(at, i), right(at, i))

    def accepts(self, word):
        at = {"word": word}
        for name, value in self.definitions:
            at[name] = [value(at, i) for i in range(len(word))]
        return bool(word) and bool(at["out"][-1])
