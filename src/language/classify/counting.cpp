#include <gmpxx.h>

#include <algorithm>
#include <map>

#include "components.hpp"
#include "counters.hpp"
#include "language/classify/classes.hpp"

// A bounded counter on a strongly connected component W is a number V(q) for each state and a number E(c, a) for each class
// c of states and letter a with V(q′) = V(q) + E(class of q, a) on each edge inside W: what the letters read so far add up
// to tells V. States that some counter tells apart go into different classes, and then counters may use the finer classes,
// until nothing changes. The language is in C-RASP iff in the end each class is one state.
//
// The solutions are the null space of the edges' equations. All minors of the matrix are small: a row has at most three
// entries, each ±1, so that a minor of rank r is at most 3^(r/2) (Hadamard). Modulo a prime above that the rank is the same,
// and so is which coordinates of a solution are equal.

namespace attest::classify {

namespace {

__extension__ typedef unsigned __int128 Product;

/// Numbers modulo 2^61 − 1.
class Modular {
  public:
    static constexpr std::size_t greatest_rank = 76;  ///< 3^(r/2) stays below the prime
    Modular(int value = 0)
        : value_(value < 0 ? prime - static_cast<std::uint64_t>(-value) : static_cast<std::uint64_t>(value)) {}

    bool is_zero() const { return value_ == 0; }
    Modular inverse() const {
        Modular result(1), power = *this;
        for (std::uint64_t e = prime - 2; e > 0; e >>= 1, power = power * power)
            if (e & 1) result = result * power;
        return result;
    }
    friend Modular operator*(Modular x, Modular y) {
        return Modular(Raw{static_cast<std::uint64_t>(static_cast<Product>(x.value_) * y.value_ % prime)});
    }
    friend Modular operator-(Modular x, Modular y) {
        return Modular(Raw{x.value_ >= y.value_ ? x.value_ - y.value_ : x.value_ + prime - y.value_});
    }
    friend Modular operator+(Modular x, Modular y) {
        const std::uint64_t sum = x.value_ + y.value_;
        return Modular(Raw{sum >= prime ? sum - prime : sum});
    }
    auto operator<=>(const Modular&) const = default;

  private:
    struct Raw {
        std::uint64_t value;
    };
    explicit Modular(Raw raw) : value_(raw.value) {}
    static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;
    std::uint64_t value_;
};

/// Rational numbers, for components whose minors may be greater.
struct Fraction {
    mpq_class value;
    Fraction(int v = 0) : value(v) {}
    explicit Fraction(mpq_class v) : value(std::move(v)) {}
    bool is_zero() const { return value == 0; }
    Fraction inverse() const { return Fraction(mpq_class(1 / value)); }
    friend Fraction operator*(const Fraction& x, const Fraction& y) { return Fraction(mpq_class(x.value * y.value)); }
    friend Fraction operator-(const Fraction& x, const Fraction& y) { return Fraction(mpq_class(x.value - y.value)); }
    friend Fraction operator+(const Fraction& x, const Fraction& y) { return Fraction(mpq_class(x.value + y.value)); }
    bool operator==(const Fraction& other) const { return value == other.value; }
    bool operator<(const Fraction& other) const { return value < other.value; }
};

/// A strongly connected component and the edges inside it, between states by their place in it.
struct Part {
    struct Edge {
        std::size_t from, to;
        language::Symbol letter;
    };
    std::vector<State> states;
    std::vector<Edge> edges;
};

/// A matrix in reduced form, row by row. What rows have beyond its columns goes with them.
template <typename Number>
class Elimination {
  public:
    explicit Elimination(std::size_t columns) : pivot_row_(columns, none) {}

    void reduce(std::vector<Number>& row) const {
        for (std::size_t c = 0; c < pivot_row_.size(); ++c)
            if (!row[c].is_zero() && pivot_row_[c] != none) subtract(row, rows_[pivot_row_[c]], Number(row[c]));
    }

    void add(std::vector<Number> row) {
        reduce(row);
        const auto end = row.begin() + static_cast<std::ptrdiff_t>(pivot_row_.size());
        const auto lead = std::find_if(row.begin(), end, [](const Number& x) { return !x.is_zero(); });
        if (lead == end) return;
        const auto column = static_cast<std::size_t>(lead - row.begin());
        const Number scale = lead->inverse();
        for (Number& x : row) x = x * scale;
        for (auto& other : rows_)
            if (!other[column].is_zero()) subtract(other, row, Number(other[column]));
        pivot_row_[column] = rows_.size();
        rows_.push_back(std::move(row));
    }

    /// What the coordinate is in every solution, by the free coordinates.
    std::vector<Number> coordinate(std::size_t c) const {
        std::vector<Number> result(pivot_row_.size());
        if (pivot_row_[c] == none) result[c] = Number(1);
        else
            for (std::size_t k = 0; k < result.size(); ++k)
                if (pivot_row_[k] == none) result[k] = Number(0) - rows_[pivot_row_[c]][k];
        return result;
    }

  private:
    static constexpr std::size_t none = SIZE_MAX;

    static void subtract(std::vector<Number>& row, const std::vector<Number>& other, const Number& times) {
        for (std::size_t c = 0; c < row.size(); ++c)
            if (!other[c].is_zero()) row[c] = row[c] - times * other[c];
    }

    std::vector<std::size_t> pivot_row_;  ///< by column
    std::vector<std::vector<Number>> rows_;
};

/// The equation of an edge: V(to) − V(from) − E(class of from, letter) = 0; `more` further columns.
template <typename Number>
std::vector<Number> equation(const Part& part, const Part::Edge& edge, const std::vector<std::size_t>& class_of,
                             std::size_t columns, std::size_t letters, std::size_t more = 0) {
    std::vector<Number> row(columns + more);
    row[edge.to] = row[edge.to] + Number(1);
    row[edge.from] = row[edge.from] - Number(1);
    row[part.states.size() + class_of[edge.from] * letters + edge.letter] = Number(-1);
    return row;
}

/// Splits the classes by what counters tell; gives their number.
template <typename Number>
std::size_t split(std::vector<std::size_t>& class_of, std::size_t classes, const Part& part, std::size_t letters) {
    const std::size_t states = part.states.size(), columns = states + classes * letters;
    Elimination<Number> equations(columns);
    for (const Part::Edge& edge : part.edges) equations.add(equation<Number>(part, edge, class_of, columns, letters));
    std::map<std::pair<std::size_t, std::vector<Number>>, std::size_t> finer;
    for (std::size_t q = 0; q < states; ++q)
        class_of[q] = finer.emplace(std::pair(class_of[q], equations.coordinate(q)), finer.size()).first->second;
    return finer.size();
}

/// The finest classes that counters make.
struct Partition {
    std::vector<std::size_t> class_of;
    std::size_t classes = 1;
};

Partition refine(const Part& part, std::size_t letters) {
    const std::size_t states = part.states.size();
    Partition p{std::vector<std::size_t>(states, 0), 1};
    for (std::size_t before = 0; p.classes != before && p.classes != states;) {
        before = p.classes;
        const bool is_small = states + p.classes * letters <= Modular::greatest_rank;
        p.classes = is_small ? split<Modular>(p.class_of, p.classes, part, letters)
                             : split<Fraction>(p.class_of, p.classes, part, letters);
    }
    return p;
}

/// The components with more than one state.
std::vector<Part> parts_of(const Table& table) {
    const Components parts = components(table.next, table.letters);
    std::vector<Part> all(parts.count);
    std::vector<std::size_t> place(table.states);
    for (State q = 0; q < table.states; ++q) {
        place[q] = all[parts.of[q]].states.size();
        all[parts.of[q]].states.push_back(q);
    }
    for (State q = 0; q < table.states; ++q)
        for (language::Symbol a = 0; a < table.letters; ++a)
            if (const State to = table.at(q, a); parts.of[to] == parts.of[q])
                all[parts.of[q]].edges.push_back({place[q], place[to], a});
    std::erase_if(all, [](const Part& part) { return part.states.size() == 1; });
    return all;
}

/// Why V(first) = V(second), for two states of one class of a partition that no counter refines.
Combination combine(const Part& part, const Elimination<Fraction>& equations, std::size_t columns, std::size_t first,
                    std::size_t second) {
    std::vector<Fraction> row(columns + part.edges.size());
    row[first] = Fraction(1);
    row[second] = Fraction(-1);
    equations.reduce(row);
    Combination result{part.states[first], part.states[second], {}};
    for (std::size_t k = 0; k < part.edges.size(); ++k)
        if (const Fraction& rest = row[columns + k]; !rest.is_zero())
            result.edges.push_back({part.states[part.edges[k].from], part.edges[k].letter, -rest.value});
    return result;
}

Uncounted explain(const Part& part, const Partition& p, std::size_t letters) {
    const std::size_t columns = part.states.size() + p.classes * letters;
    Elimination<Fraction> equations(columns);
    for (std::size_t k = 0; k < part.edges.size(); ++k) {
        auto row = equation<Fraction>(part, part.edges[k], p.class_of, columns, letters, part.edges.size());
        row[columns + k] = Fraction(1);
        equations.add(std::move(row));
    }
    Uncounted result;
    result.classes.resize(p.classes);
    std::vector<std::size_t> last(p.classes, SIZE_MAX);
    for (std::size_t q = 0; q < part.states.size(); ++q) {
        std::size_t& neighbour = last[p.class_of[q]];
        result.classes[p.class_of[q]].push_back(part.states[q]);
        if (neighbour != SIZE_MAX) result.combinations.push_back(combine(part, equations, columns, neighbour, q));
        neighbour = q;
    }
    return result;
}

}  // namespace

bool counting_separates(const Table& table) {
    for (const Part& part : parts_of(table))
        if (refine(part, table.letters).classes != part.states.size()) return false;
    return true;
}

std::optional<Uncounted> find_uncounted(const Table& table) {
    for (const Part& part : parts_of(table)) {
        const Partition p = refine(part, table.letters);
        if (p.classes != part.states.size()) return explain(part, p, table.letters);
    }
    return std::nullopt;
}

}  // namespace attest::classify
