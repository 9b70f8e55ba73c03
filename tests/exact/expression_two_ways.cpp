#include <catch2/catch.hpp>
#include <functional>
#include <optional>
#include <string>

#include "attest/base/error.hpp"
#include "attest/exact/expression.hpp"
#include "base/random.hpp"
#include "learned_sum.hpp"
#include "seed.hpp"

// Random expressions, each made together with its value by plain arithmetic on the way.

namespace {

using namespace attest;
using attest::exact::Rational;

constexpr exact::Variables at{.i = 3, .j = 4, .n = 9, .dk = 2};

/// A text that stands as an operand anywhere, and its value; none where it has none.
struct Sample {
    std::string text;
    std::optional<Rational> value;
};

Rational floor_of(const Rational& x) {
    mpz_class q = x.get_num() / x.get_den();  // towards zero
    if (x < q) --q;
    return q;
}

class Generator {
  public:
    explicit Generator(base::Random& random) : random_(random) {}

    Sample make(int depth) {
        if (depth == 0) return leaf();
        switch (random_.below(8)) {
            case 0: return leaf();
            case 1: return unary(depth);
            case 2: return relation(depth);
            case 3: return power(depth);
            default: return binary(depth);
        }
    }

  private:
    Sample leaf() {
        switch (random_.below(6)) {
            case 0: return {"i", at.i};
            case 1: return {"j", at.j};
            case 2: return {"n", at.n};
            case 3: return {"dk", at.dk};
            case 4: {
                const auto digit = random_.below(10);
                return {"0." + std::to_string(digit), Rational(static_cast<long>(digit)) / 10};
            }
            default: {
                const auto number = random_.below(12);
                return {std::to_string(number), Rational(static_cast<unsigned long>(number))};
            }
        }
    }

    Sample unary(int depth) {
        const Sample x = make(depth - 1);
        const auto with = [&](const std::string& name, const std::function<Rational(const Rational&)>& f) {
            return Sample{name + "(" + x.text + ")", x.value ? std::optional(f(*x.value)) : std::nullopt};
        };
        switch (random_.below(4)) {
            case 0: return with("floor", floor_of);
            case 1:
                return with("ceil", [](const Rational& v) { return floor_of(v) == v ? v : Rational(floor_of(v) + 1); });
            case 2: return with("abs", [](const Rational& v) { return v < 0 ? Rational(-v) : v; });
            default: {
                Sample s = with("-", [](const Rational& v) { return Rational(0 - v); });
                s.text = "(" + s.text + ")";
                return s;
            }
        }
    }

    Sample relation(int depth) {
        const Sample a = make(depth - 1), b = make(depth - 1);
        const char* names[] = {"<", "<=", "=", "!=", ">=", ">"};
        const auto k = random_.below(6);
        Sample s{"[" + a.text + names[k] + b.text + "]", std::nullopt};
        if (!a.value || !b.value) return s;
        const int order = cmp(*a.value, *b.value);
        const bool holds[] = {order<0, order <= 0, order == 0, order != 0, order >= 0, order> 0};
        s.value = holds[k] ? 1 : 0;
        return s;
    }

    Sample power(int depth) {
        const Sample a = make(depth - 1);
        const int exponent = static_cast<int>(random_.below(7)) - 3;
        Sample s{"(" + a.text + ")^(" + std::to_string(exponent) + ")", a.value};
        if (!s.value || (*s.value == 0 && exponent < 0)) return {s.text, std::nullopt};
        Rational product = 1;
        for (int k = 0; k < std::abs(exponent); ++k) product *= *a.value;
        s.value = exponent < 0 ? Rational(1 / product) : product;
        s.text = "(" + s.text + ")";
        return s;
    }

    Sample binary(int depth) {
        const Sample a = make(depth - 1), b = make(depth - 1);
        const bool both = a.value && b.value;
        const auto infix = [&](const char* name, auto f) {
            return Sample{"(" + a.text + " " + name + " " + b.text + ")",
                          both ? std::optional<Rational>(f()) : std::nullopt};
        };
        const auto call = [&](const char* name, auto f) {
            return Sample{std::string(name) + "(" + a.text + ", " + b.text + ")",
                          both ? std::optional<Rational>(f()) : std::nullopt};
        };
        switch (random_.below(7)) {
            case 0: return infix("+", [&] { return Rational(*a.value + *b.value); });
            case 1: return infix("-", [&] { return Rational(*a.value - *b.value); });
            case 2: return infix("*", [&] { return Rational(*a.value * *b.value); });
            case 3:
                if (b.value && *b.value == 0) return {"(" + a.text + "/" + b.text + ")", std::nullopt};
                return infix("/", [&] { return Rational(*a.value / *b.value); });
            case 4: return call("min", [&] { return *a.value < *b.value ? *a.value : *b.value; });
            case 5: return call("max", [&] { return *a.value < *b.value ? *b.value : *a.value; });
            default:
                if (b.value && *b.value <= 0) return {"mod(" + a.text + "," + b.text + ")", std::nullopt};
                return call("mod", [&] { return Rational(*a.value - floor_of(*a.value / *b.value) * *b.value); });
        }
    }

    base::Random& random_;
};

}  // namespace

TEST_CASE("random expressions have the value that plain arithmetic gives", "[expression]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    Generator generator(random);
    int with_value = 0;
    for (int round = 0; round < 3000; ++round) {
        const Sample sample = generator.make(1 + static_cast<int>(random.below(5)));
        INFO(sample.text);
        const auto e = exact::Expression::parse(sample.text, "ijnd", false, "f");
        if (sample.value) {
            REQUIRE(e.evaluate(at) == *sample.value);
            ++with_value;
        } else {
            REQUIRE_THROWS_AS(e.evaluate(at), base::InputError);
        }
    }
    CHECK(with_value > 1000);
}

TEST_CASE("sums over places have the values that plain arithmetic gives, also where they are looked up",
          "[expression]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 1);
    int with_value = 0, without = 0;
    for (int round = 0; round < 2000; ++round) {
        const tests::LearnedSum sum([&](std::uint64_t n) { return random.below(n); });
        INFO(sum.text());
        const auto e = exact::Expression::parse(sum.text(), "ij", false, "f");
        CHECK_FALSE(e.is_transcendental());
        for (std::int64_t i = 1; i <= 14; ++i) {
            const exact::Variables place{.i = i, .j = 3};
            const std::optional<Rational> value = sum.value(i, 3);
            if (value) {
                REQUIRE(e.evaluate(place) == *value);
                REQUIRE(e.enclose(place, 128).contains(*value));
                ++with_value;
            } else {
                REQUIRE(e.may_lack_value());
                REQUIRE_THROWS_AS(e.evaluate(place), base::InputError);
                ++without;
            }
        }
    }
    CHECK(with_value > 10000);
    CHECK(without > 1000);
}
