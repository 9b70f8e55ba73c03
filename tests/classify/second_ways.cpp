#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "language/classify/census.hpp"
#include "subjects.hpp"

// Each class once more, by the words of its definition on the monoid.

using namespace attest;
using namespace attest::classify;

namespace {

using Element = Monoid::Element;

Element omega(const Monoid& m, Element e) {
    Element power = e;
    while (!m.is_idempotent(power)) power = m.product(power, e);
    return power;
}

template <typename Test>
bool for_all_pairs(const Monoid& m, const Test& holds) {
    for (Element s = 0; s < m.size(); ++s)
        for (Element t = 0; t < m.size(); ++t)
            if (!holds(s, t)) return false;
    return true;
}

bool r_trivial(const Monoid& m) {
    return for_all_pairs(m, [&](Element s, Element t) {
        const Element e = omega(m, m.product(s, t));
        return m.product(e, s) == e;
    });
}

bool l_trivial(const Monoid& m) {
    return for_all_pairs(m, [&](Element s, Element t) {
        const Element e = omega(m, m.product(s, t));
        return m.product(t, e) == e;
    });
}

/// (s t)^ω s (s t)^ω = (s t)^ω, the identity of DA in two letters
bool da(const Monoid& m) {
    return for_all_pairs(m, [&](Element s, Element t) {
        const Element e = omega(m, m.product(s, t));
        return m.product(m.product(e, s), e) == e;
    });
}

bool aperiodic(const Monoid& m, const std::vector<bool>* among = nullptr) {
    for (Element e = 0; e < m.size(); ++e)
        if ((among == nullptr || (*among)[e]) && m.product(omega(m, e), e) != omega(m, e)) return false;
    return true;
}

/// (x y^ω)^ω x = (x y^ω)^ω
bool r_omega(const Monoid& m) {
    return for_all_pairs(m, [&](Element x, Element y) {
        const Element e = omega(m, m.product(x, omega(m, y)));
        return m.product(e, x) == e;
    });
}

/// η((Σ^m)*)
std::vector<bool> blocks(const Monoid& m, std::uint64_t length) {
    std::vector<bool> words(m.size(), false), block(m.size(), false);
    block[0] = true;
    for (std::uint64_t k = 0; k < length; ++k) {
        std::vector<bool> next(m.size(), false);
        for (Element e = 0; e < m.size(); ++e)
            for (language::Symbol a = 0; block[e] && a < m.letters(); ++a) next[m.right(e, a)] = true;
        block = next;
    }
    words[0] = true;
    std::vector<Element> queue{0};
    for (std::size_t k = 0; k < queue.size(); ++k)
        for (Element e = 0; e < m.size(); ++e)
            if (block[e])
                if (const Element f = m.product(queue[k], e); !words[f]) words[f] = true, queue.push_back(f);
    return words;
}

std::optional<std::uint64_t> modulus(const Monoid& m, std::size_t stability) {
    for (std::uint64_t k = 1; k <= stability; ++k) {
        const std::vector<bool> words = blocks(m, k);
        if (aperiodic(m, &words)) return k;
    }
    return std::nullopt;
}

/// η(a) t η(b) = η(b) t η(a) for all words t of 2 s − 1 letters, s the stability index
bool exchange(const Monoid& m, std::size_t stability) {
    std::vector<bool> words(m.size(), false);
    words[0] = true;
    for (std::size_t k = 0; k + 1 < 2 * stability; ++k) {
        std::vector<bool> next(m.size(), false);
        for (Element e = 0; e < m.size(); ++e)
            for (language::Symbol a = 0; words[e] && a < m.letters(); ++a) next[m.right(e, a)] = true;
        words = next;
    }
    for (Element t = 0; t < m.size(); ++t)
        for (language::Symbol a = 0; words[t] && a < m.letters(); ++a)
            for (language::Symbol b = 0; b < a; ++b)
                if (m.right(m.left(a, t), b) != m.right(m.left(b, t), a)) return false;
    return true;
}

void compare(const Table& table) {
    const Monoid m(table);
    const Classification found = classify::classify(table, m);
    const auto stable = stability(m);
    REQUIRE(stable);
    CHECK(found.in[Class::r_trivial] == r_trivial(m));
    CHECK(found.in[Class::l_trivial] == l_trivial(m));
    CHECK(found.in[Class::da] == da(m));
    CHECK(found.in[Class::star_free] == aperiodic(m));
    CHECK(found.in[Class::r_omega] == r_omega(m));
    CHECK(found.in[Class::ac0] == aperiodic(m, &stable->elements));
    CHECK(found.modulus == modulus(m, stable->index));
    CHECK(found.in[Class::foc] == exchange(m, stable->index));
}

}  // namespace

TEST_CASE("Classes: by definition, on all tables of up to three states") {
    for (std::size_t states = 1; states <= 3; ++states)
        for_each_table(states, 2, [](const Table& table) {
            compare(table);
            return true;
        });
    for_each_table(2, 3, [](const Table& table) {
        compare(table);
        return true;
    });
}

TEST_CASE("Classes: by definition, on every 13th table of four states") {
    std::size_t number = 0;
    for_each_table(4, 2, [&](const Table& table) {
        if (number++ % 13 == 0) compare(table);
        return true;
    });
}

TEST_CASE("Classes: by definition, on the golden table") {
    for (const tests::GoldenRow& row : tests::golden_rows()) {
        INFO(row.name);
        compare(table_of(row.automaton));
    }
}

TEST_CASE("Monoid: words, products and both Cayley graphs agree") {
    for (const tests::GoldenRow& row : tests::golden_rows()) {
        INFO(row.name);
        const Table table = table_of(row.automaton);
        const Monoid m(table);
        for (Element e = 0; e < m.size(); ++e) {
            const language::Word word = m.word(e);
            for (State q = 0; q < table.states; ++q) {
                State at = q;
                for (const language::Symbol a : word) at = table.at(at, a);
                CHECK(at == m.map(e)[q]);
            }
            for (language::Symbol a = 0; a < m.letters(); ++a) {
                CHECK(m.right(e, a) == m.product(e, m.letter(a)));
                CHECK(m.left(a, e) == m.product(m.letter(a), e));
            }
        }
    }
}
