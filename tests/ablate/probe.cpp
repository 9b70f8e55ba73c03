#include "decide/ablate/probe.hpp"

#include "../soft/random_soft_model.hpp"
#include "ablated.hpp"
#include "attest/soft/evaluate.hpp"
#include "attest/soft/words.hpp"
#include "decide/ablate/edges.hpp"

using namespace ablated;
using exact::Rational;

namespace {

constexpr double near = 1e-6;

/// Some of the parts, and where `constants` a constant for each.
ablate::Removal some(base::Random& random, const Parts& parts, std::size_t dimension, bool constants) {
    ablate::Removal removal;
    for (const Part& part : parts) {
        if (random.chance(1, 2)) continue;
        removal.parts.push_back(part);
        if (!constants) continue;
        removal.constants.emplace_back();
        for (std::size_t c = 0; c < dimension; ++c)
            removal.constants.back().push_back(Rational(static_cast<long>(random.below(9)) - 4, 2));
    }
    for (exact::Vector& constant : removal.constants)
        for (Rational& x : constant) x.canonicalize();
    return removal;
}

}  // namespace

TEST_CASE("a probe finds a wrong word iff balls do, set after set", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t found = 0, none = 0, edges = 0;
    for (std::uint64_t k = 0; k < tests::trials(90); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 68000 + k);
        network::Transformer t = tests::random_soft_model(random);
        if (k % 3 == 0) t = tests::with_version_2(random, std::move(t));
        for (network::Layer& layer : t.layers) {
            if (layer.attention && layer.attention->norm)
                layer.attention->norm->placement = network::Norm::Placement::pre;
            if (layer.feedforward && layer.feedforward->norm)
                layer.feedforward->norm->placement = network::Norm::Placement::pre;
        }
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(3));
        const Parts all = k % 2 == 0 ? ablate::parts_of(t) : ablate::edges_of(t);
        if (all.empty() || !soft::supports_words(t)) continue;
        const soft::Evaluator whole(t, length, 128);
        const auto expected = [&](const Word& word) -> std::optional<bool> {
            const exact::Sign sign = whole.score(word).sign();
            if (sign == exact::Sign::positive) return true;
            return sign == exact::Sign::negative ? std::optional(false) : std::nullopt;
        };
        const std::uint64_t words =
            *language::count_words(t.alphabet, static_cast<std::uint64_t>(length), std::uint64_t{1} << 20);
        const auto probe = ablate::Probe::make(t, all, {length, words, expected});
        if (!probe) continue;
        for (int set = 0; set < 6; ++set) {
            const ablate::Removal removal = some(random, all, t.dimension, k % 4 == 0);
            if (removal.empty()) continue;
            const auto word = probe->wrong_word(removal, {});
            const network::Transformer left = ablate::without(t, removal);
            const soft::Evaluator rest(left, length, 128);
            edges += k % 2;
            if (word) {
                ++found;
                const exact::Sign sign = rest.score(*word).sign();
                CHECK(sign == (*expected(*word) ? exact::Sign::negative : exact::Sign::positive));
                continue;
            }
            ++none;
            for_all_words(t, length, [&](const Word& each) {
                const auto wanted = expected(each);
                const double score = rest.score(each).middle();
                if (wanted && std::abs(score) > near) CHECK((score > 0) == *wanted);
            });
        }
    }
    CHECK(found > 20);
    CHECK(none > 10);
    CHECK(edges > 5);
}
