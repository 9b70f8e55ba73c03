#include "attest/exact/matrix.hpp"

#include <catch2/catch.hpp>

using namespace attest::exact;

TEST_CASE("an affine map is W x + b", "[matrix]") {
    const AffineMap map{{3, {{{0, 2}, {2, Rational(1, 2)}}, {}, {{1, -1}}}}, {1, 0, Rational(-1, 3)}};
    CHECK(map.inputs() == 3);
    CHECK(map.outputs() == 3);
    CHECK(apply(map, {5, 7, 4}) == Vector{13, 0, Rational(-22, 3)});
    CHECK(apply({map.weight, {}}, {5, 7, 4}) == Vector{12, 0, -7});
}

TEST_CASE("a map without rows gives the empty vector, one without columns its bias", "[matrix]") {
    CHECK(apply({{2, {}}, {}}, {1, 2}).empty());
    CHECK(apply({{0, {{}, {}}}, {3, 4}}, {}) == Vector{3, 4});
}

TEST_CASE("a product sums over the coordinates", "[matrix]") {
    CHECK(dot({1, Rational(1, 2), 0}, {3, -4, 100}) == 1);
    CHECK(dot({}, {}) == 0);
}

TEST_CASE("vectors are added and rectified in place", "[matrix]") {
    Vector x = {1, -2, Rational(-1, 3)};
    add_to(x, {1, 1, 1});
    CHECK(x == Vector{2, -1, Rational(2, 3)});
    rectify(x);
    CHECK(x == Vector{2, 0, Rational(2, 3)});
}
