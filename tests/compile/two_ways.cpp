#include <catch2/catch.hpp>
#include <optional>

#include "attest/compile/compile.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "circuit/simulate.hpp"
#include "circuit/structure.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// The first test of the compiler: the circuit and the exact evaluator agree on every word.

namespace {

using namespace attest;

struct Compiled {
    circuit::Circuit circuit;
    std::vector<circuit::Literal> roots;  // accept, then drops
    compile::Sizes sizes;
};

/// None where sums of average attention have too many values.
std::optional<Compiled> compiled(const network::Transformer& t, std::int64_t length, compile::Form form,
                                 bool find_drops) {
    circuit::Builder builder(std::size_t{1} << 30);
    const compile::Inputs inputs(builder, t.alphabet, length);
    base::Limits limits;
    compile::Options options{form, {}, {}};
    if (t.kind() == network::AttentionKind::average) options.most_values = 1 << 10;
    if (find_drops) options.never_true = decide::find_never_true(inputs, 7, limits);
    auto result = compile::compile_model(builder, inputs, t, options, limits);
    if (const auto* why = std::get_if<verdict::Undecided>(&result)) {
        if (t.kind() == network::AttentionKind::average && why->reason == verdict::Reason::memory) return std::nullopt;
        FAIL(why->detail);
    }
    auto& model = std::get<compile::CompiledModel>(result);
    std::vector<circuit::Literal> roots{model.accept};
    circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
    return Compiled{std::move(reduced), roots, model.sizes};
}

std::vector<bool> assignment(const network::Transformer& t, const language::Word& word) {
    std::vector<bool> inputs;
    for (const language::Symbol s : word) {
        if (t.alphabet.size() == 2) inputs.push_back(s == 1);
        if (t.alphabet.size() > 2)
            for (language::Symbol a = 0; a < t.alphabet.size(); ++a) inputs.push_back(a == s);
    }
    return inputs;
}

/// Gives   how many circuits were held against the evaluator
std::size_t agree(const network::Transformer& t, std::int64_t length) {
    std::size_t looked_at = 0;
    const network::Evaluator evaluator(t, length);
    std::int64_t attention_layers = 0;
    for (const network::Layer& l : evaluator.transformer().layers) attention_layers += l.attention ? 1 : 0;
    const bool counts = evaluator.transformer().kind() == network::AttentionKind::average;
    const std::vector<compile::Form> forms = counts
                                                 ? std::vector{compile::Form::compact}
                                                 : std::vector{compile::Form::constant_depth, compile::Form::compact};
    for (const compile::Form form : forms)
        for (const bool drops : {false, true}) {
            const std::optional<Compiled> made = compiled(t, length, form, drops);
            if (!made) continue;
            const Compiled& c = *made;
            ++looked_at;
            if (form == compile::Form::constant_depth)
                CHECK(static_cast<std::int64_t>(circuit::levels(c.circuit)[c.roots[0].node()]) <=
                      2 * attention_layers + 1);
            language::Word word(static_cast<std::size_t>(length), 0);
            do {
                const bool expected = evaluator.evaluate(word).accepts;
                const bool actual = circuit::evaluate(c.circuit, c.roots[0], assignment(t, word));
                INFO("word " << t.alphabet.spell(word) << ", compact " << (form == compile::Form::compact) << ", drops "
                             << drops);
                REQUIRE(actual == expected);
            } while (language::next_word(word, t.alphabet));
        }
    return looked_at;
}

}  // namespace

TEST_CASE("circuits of random models of version 2 agree with the exact evaluator on all words", "[compile]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 60; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 5000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 3 == 0 ? 3 : 2;
        options.layers = 1 + random.below(2);
        options.heads = 1 + random.below(2);
        const network::Transformer t = tests::with_version_2(random, tests::random_model(random, options), 12, false);
        const auto length = static_cast<std::int64_t>(1 + random.below(options.symbols == 3 ? 3 : 4));
        agree(t, length);
    }
}

TEST_CASE("circuits of random models agree with the exact evaluator on all words", "[compile]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 300; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + k);
        tests::RandomModelOptions options;
        options.symbols = k % 7 == 0 ? 1 : k % 3 == 0 ? 3 : 2;
        options.layers = random.below(4);
        options.heads = 1 + random.below(3);
        const network::Transformer t = tests::random_model(random, options);
        const std::int64_t length = static_cast<std::int64_t>(random.below(options.symbols == 3 ? 5 : 7));
        if (t.sequence_length(length) == 0) continue;
        agree(t, length);
    }
}

TEST_CASE("circuits of random models of average and of mixed attention agree with the exact evaluator on all words",
          "[compile]") {
    const std::uint64_t seed = tests::seed();
    std::size_t one_layer = 0, two_layers = 0;
    for (std::uint64_t k = 0; k < 200; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 9000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 7 == 0 ? 1 : k % 3 == 0 ? 3 : 2;
        options.layers = 1 + random.below(2);
        options.heads = 1 + random.below(2);
        options.kind = network::AttentionKind::average;
        network::Transformer t = tests::random_model(random, options);
        if (k % 2 == 1) t = tests::with_version_2(random, std::move(t), 12, false);
        if (k % 5 == 0)
            for (network::Layer& layer : t.layers)
                if (layer.attention && random.chance(1, 2)) layer.attention->kind = network::AttentionKind::hard;
        const auto length = static_cast<std::int64_t>(random.below(options.symbols == 3 ? 4 : 6));
        if (t.sequence_length(length) == 0) continue;
        (t.layers.size() > 1 ? two_layers : one_layer) += agree(t, length);
    }
    CHECK(one_layer > 100);
    CHECK(two_layers > 60);
}

TEST_CASE("circuits of the zoo's models of average attention agree with the exact evaluator on all words",
          "[compile]") {
    for (const char* name : {"average-majority", "average-parity", "average-dyck-1", "cookbook-quadratic-lookup"})
        for (std::int64_t length = 1; length <= 8; ++length) {
            CAPTURE(name, length);
            CHECK(agree(programs::zoo_model(name), length) == 2);
        }
}
