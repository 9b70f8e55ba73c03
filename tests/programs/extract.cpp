#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "brasp_reference.hpp"
#include "crasp_reference.hpp"
#include "programs/brasp/program.hpp"
#include "programs/crasp/program.hpp"
#include "programs/extract/average.hpp"
#include "programs/extract/hard.hpp"
#include "random_brasp.hpp"
#include "random_crasp.hpp"
#include "random_model.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// Programs of networks, by their definition (a reading of the text of its own) against the network, word by word.

using namespace attest;
using namespace attest::programs;
using attest::tests::BraspReference;
using attest::tests::CraspReference;

namespace {

template <typename Reference, typename Accepts>
std::size_t differing_words(const std::string& text, const language::Alphabet& alphabet, std::int64_t shortest,
                            std::int64_t longest, const Accepts& accepts) {
    Reference reference(text);
    std::size_t wrong = 0;
    for (std::int64_t length = shortest; length <= longest; ++length) {
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            std::vector<std::string> symbols;
            for (const auto s : word) symbols.push_back(alphabet.symbol(s));
            if (accepts(word) != reference.accepts(symbols)) ++wrong;
        } while (language::next_word(word, alphabet));
    }
    return wrong;
}

template <typename Reference>
std::size_t differing_words(const std::string& text, const network::Transformer& model, std::int64_t shortest,
                            std::int64_t longest) {
    return differing_words<Reference>(text, model.alphabet, shortest, longest, [&](const language::Word& word) {
        return network::evaluate(model, word).accepts;
    });
}

std::string brasp_text(const network::Transformer& model) {
    const std::string text = brasp::write(extract::to_brasp(model, "m"));
    // What is written is what is read.
    REQUIRE(brasp::write(brasp::parse(text, "t.brasp")) == text);
    return text;
}
std::string crasp_text(const network::Transformer& model) {
    const std::string text = crasp::write(extract::to_crasp(model, "m"));
    REQUIRE(crasp::write(crasp::parse(text, "t.crasp")) == text);
    return text;
}

std::int64_t shortest(const network::Transformer& model) { return model.begin || model.end ? 0 : 1; }

/// A random network of hard attention without positions, whose masks look forth only where the last layer with attention
/// may.
network::Transformer without_positions(base::Random& random, std::size_t layers) {
    attest::tests::RandomModelOptions options;
    options.layers = layers;
    options.heads = 1 + random.below(2);
    options.dimension = 1 + random.below(3);
    network::Transformer t = attest::tests::random_model(random, options);
    t.position.clear();
    t.readout.position = -1;
    network::Attention* last = nullptr;
    for (network::Layer& layer : t.layers) {
        if (!layer.attention) continue;
        for (network::Head& head : layer.attention->heads) head.bias = exact::Expression();
        last = &*layer.attention;
        if (random.below(3) > 0 || last->mask == network::Mask::none || last->mask == network::Mask::future ||
            last->mask == network::Mask::strict_future)
            last->mask = random.below(2) == 0 ? network::Mask::strict : network::Mask::causal;
    }
    if (last != nullptr && random.below(2) == 0)
        last->mask =
            std::array{network::Mask::none, network::Mask::future, network::Mask::strict_future}[random.below(3)];
    return t;
}

}  // namespace

TEST_CASE("B-RASP of networks: random ones of any scores, masks, ties and markers, text against network") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    std::size_t made = 0, beyond = 0;
    for (std::uint64_t trial = 0; trial < attest::tests::trials(200); ++trial) {
        const network::Transformer model = without_positions(random, random.below(4) == 0 ? 2 : 1);
        CAPTURE(trial);
        std::string text;
        try {
            text = brasp_text(model);
        } catch (const base::Unsupported&) {
            ++beyond;
            continue;
        }
        CAPTURE(text);
        REQUIRE(differing_words<BraspReference>(text, model, shortest(model), 4) == 0);
        ++made;
    }
    CAPTURE(made, beyond);
    CHECK(made > 4 * beyond);
}

TEST_CASE("B-RASP there and back: a program, its network, the network's program") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(100); ++trial) {
        const std::string source = attest::tests::random_brasp(random);
        const brasp::Program program = brasp::parse(source, "p.brasp");
        CAPTURE(trial, source);
        const network::Transformer model = brasp::compile(program, {.reuses = trial % 2 == 0});
        const std::string text = brasp_text(model);
        CAPTURE(text);
        REQUIRE(differing_words<BraspReference>(text, model, 0, 4) == 0);
        const network::Program variables = brasp::as_program(program, "p");
        const std::string of_variables = brasp::write(extract::to_brasp(variables, "p"));
        CAPTURE(of_variables);
        REQUIRE(differing_words<BraspReference>(of_variables, model, 0, 4) == 0);
    }
}

TEST_CASE("B-RASP of networks: the makers' own programs come back") {
    for (const char* name : {"a_star_b_star", "at_least_two_a", "contains_abc", "dyck_d2", "repeat_final"}) {
        const auto path = attest::tests::shared_data(fmt::format("brasp/{}.brasp", name));
        if (!path) continue;
        const std::string source = base::read_file(path->string());
        const network::Transformer model = brasp::compile(brasp::parse(source, "p.brasp"));
        const std::string text = brasp_text(model);
        CAPTURE(name, text);
        CHECK(differing_words<BraspReference>(text, model, 0, model.alphabet.size() == 2 ? 8 : 6) == 0);
    }
}

TEST_CASE("B-RASP of the zoo: what looks back and knows no positions has a program, other models are told why not") {
    std::set<std::string> have;
    for (const ZooEntry& entry : zoo()) {
        if (entry.kind != network::AttentionKind::hard) continue;
        const std::string& name = entry.examples[0];
        const network::Transformer model = zoo_model(name);
        CAPTURE(name);
        const std::string refusal = attest::tests::refused([&] { (void)extract::to_brasp(model, name); });
        if (refusal != "accepted") {
            CAPTURE(refusal);
            CHECK(refusal.starts_with(name + ":"));
            CHECK(refusal.find("expected") != std::string::npos);
            continue;
        }
        have.insert(name);
        const std::string text = brasp_text(model);
        CAPTURE(text);
        CHECK(differing_words<BraspReference>(text, model, shortest(model), 7) == 0);
    }
    for (const char* name : {"all-ones", "contains-1", "brasp-dyck-1-depth-2"}) CHECK(have.contains(name));
    CHECK(have.size() >= 8);
}

TEST_CASE("B-RASP of networks: what has no such program is told with its place") {
    const auto refusal = [](const char* name) {
        const network::Transformer model = zoo_model(name);
        return attest::tests::refused([&] { (void)extract::to_brasp(model, name); });
    };
    CHECK(refusal("palindrome")
              .starts_with("palindrome:layers[0].attention.heads[0].bias: expected scores that depend on no position"));
    CHECK(refusal("average-majority").find("average-majority:layers[0].attention.kind: expected hard attention") == 0);
    network::Transformer model = zoo_model("contains-11");
    const auto told = [&](auto change) {
        network::Transformer changed = model;
        change(changed);
        return attest::tests::refused([&] { (void)extract::to_brasp(changed, "m"); });
    };
    CHECK(told([](auto& t) { t.readout.position = 1; }) ==
          "m:readout.position: expected \"last\", where B-RASP reads, found another");
    CHECK(told([](auto& t) {
              t.layers[0].attention->heads[0].bias = exact::Expression::parse("j", "ijn", false, "x");
          }) == "m:layers[0].attention.heads[0].bias: expected scores that depend on no position, found j");
    CHECK(attest::tests::refused([] {
              brasp::Program p = brasp::parse("alphabet a\nx = symbol a\n", "p");
              p.alphabet[0] = "#";
              (void)brasp::write(p);
          }) == "alphabet: expected symbols that the text of a program can hold, found \"#\"");
}

TEST_CASE("C-RASP there and back: a program, its network, the network's program") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(100); ++trial) {
        const std::string source = attest::tests::random_crasp(random, false);
        CAPTURE(trial, source);
        const network::Transformer model = crasp::compile(crasp::parse(source, "p.crasp"), {.reuses = trial % 2 == 0});
        const std::string text = crasp_text(model);
        CAPTURE(text);
        REQUIRE(differing_words<CraspReference>(text, model, 1, 6) == 0);
    }
}

TEST_CASE("C-RASP of networks: what they say in plain words, and what has no such program") {
    const auto text = [](const std::string& body) {
        return crasp_text(crasp::compile(crasp::parse("alphabet 0 1\n" + body, "p.crasp")));
    };
    CHECK(text("more = #[Q(1)] > #[Q(0)]\n") == "alphabet 0 1\naccept = #[Q(0)] < #[Q(1)]\noutput accept\n");
    CHECK(text("out = #[Q(1)] >= 3\n") == "alphabet 0 1\naccept = 2 < #[Q(1)]\noutput accept\n");
    for (const std::string body :
         {"out = #[true] <= 2\n", "out = #[Q(0) | Q(1)] = 3\n", "out = max(#[true], 2) > 2 + #[Q(1)]\n"}) {
        const network::Transformer model = crasp::compile(crasp::parse("alphabet 0 1\n" + body, "p.crasp"));
        CHECK(crasp_text(model).find("#[true]") != std::string::npos);
        CHECK(differing_words<CraspReference>(crasp_text(model), model, 1, 6) == 0);
    }
    const auto refusal = [](const network::Transformer& model) {
        return attest::tests::refused([&] { (void)extract::to_crasp(model, "m"); });
    };
    CHECK(refusal(zoo_model("contains-11")).find("m:") == 0);
    network::Transformer model = crasp::compile(crasp::parse("alphabet 0 1\nx = #[Q(1)] > #[Q(0)]\n", "p"));
    model.layers[0].attention->mask = network::Mask::none;
    CHECK(refusal(model) == "m:layers[0].attention.heads[0].mask: expected causal, by which #[…] counts, found none");
    const network::Transformer both = crasp::compile(crasp::parse("alphabet 0 1\nx = #[Q(1)] > #>[Q(0)]\n", "p"));
    CHECK(refusal(both).find("expected") != std::string::npos);
}
