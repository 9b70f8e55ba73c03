#include "functions.hpp"

#include <algorithm>

namespace attest::tests {

namespace {

using measure::tabulate;

Named of(const char* name, unsigned n, const std::function<bool(Input)>& f) { return {name, tabulate(n, f)}; }

unsigned ones(Input x) { return static_cast<unsigned>(std::popcount(x)); }

bool kushilevitz(Input x) {
    const auto z = [&](unsigned i) { return at(x, i, 6) ? 1 : 0; };
    int sum = 0;
    for (unsigned i = 1; i <= 6; ++i) {
        sum += z(i);
        for (unsigned j = i + 1; j <= 6; ++j) sum -= z(i) * z(j);
    }
    static constexpr unsigned triples[10][3] = {{1, 3, 4}, {1, 2, 5}, {1, 4, 5}, {2, 3, 4}, {2, 3, 5},
                                                {1, 2, 6}, {1, 3, 6}, {2, 4, 6}, {3, 5, 6}, {4, 5, 6}};
    for (const auto& t : triples) sum += z(t[0]) * z(t[1]) * z(t[2]);
    return sum == 1;  // the polynomial has the values 0 and 1 only
}

bool sorted_up_or_down(Input x, unsigned n) {
    bool up = true, down = true;
    for (unsigned i = 1; i < n; ++i) {
        up = up && at(x, i, n) <= at(x, i + 1, n);
        down = down && at(x, i, n) >= at(x, i + 1, n);
    }
    return up || down;
}

bool ascending(Input x, unsigned n) {
    for (unsigned i = 1; i < n; ++i)
        if (at(x, i, n) && !at(x, i + 1, n)) return false;
    return true;
}

bool dyck(Input x, unsigned n) {  // 1 closes
    int depth = 0;
    for (unsigned i = 1; i <= n; ++i) {
        depth += at(x, i, n) ? -1 : 1;
        if (depth < 0) return false;
    }
    return depth == 0;
}

}  // namespace

std::vector<Named> golden_functions() {
    return {of("PARITY_4", 4, [](Input x) { return ones(x) % 2 == 1; }),
            of("PARITY_6", 6, [](Input x) { return ones(x) % 2 == 1; }),
            of("AND_4", 4, [](Input x) { return x == 15; }),
            of("MAJ_3", 3, [](Input x) { return ones(x) >= 2; }),
            of("MAJ_5", 5, [](Input x) { return ones(x) >= 3; }),
            of("NAE_3", 3, [](Input x) { return x != 0 && x != 7; }),
            of("SORT_4", 4, [](Input x) { return sorted_up_or_down(x, 4); }),
            of("ADDR 2+4", 6, [](Input x) { return at(x, 3 + 2 * at(x, 1, 6) + at(x, 2, 6), 6); }),
            of("AND_2 of OR_2", 4, [](Input x) { return (x & 3) != 0 && (x & 12) != 0; }),
            of("AND_3 of OR_2", 6, [](Input x) { return (x & 3) != 0 && (x & 12) != 0 && (x & 48) != 0; }),
            of("OR_2 of AND_3", 6, [](Input x) { return (x & 7) == 7 || (x & 56) == 56; }),
            of("Kushilevitz_6", 6, kushilevitz),
            of("DYCK-1 on 6 brackets", 6, [](Input x) { return dyck(x, 6); }),
            of("EXACT_4,2", 4, [](Input x) { return ones(x) == 2; }),
            of("ORDERED_5", 5, [](Input x) { return ascending(x, 5); })};
}

}  // namespace attest::tests
