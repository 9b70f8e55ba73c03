#include "attest/certify/equality.hpp"

#include <catch2/catch.hpp>

#include "attest/programs/zoo.hpp"
#include "random_model.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Two models, by circuit and by all words, against the definition; what is verified or refuted, the checker has
// accepted.

namespace {

using namespace attest;
using certify::NetworkFile;

NetworkFile file_of(const network::Transformer& t) { return formats::ModelFile{t, formats::write_model(t), {}, {}}; }

/// The same function: symbols in the other order, the readout twice as long.
network::Transformer disguised(const network::Transformer& t) {
    network::Transformer other = t;
    other.name = "disguised";
    std::vector<std::string> symbols(t.alphabet.symbols().rbegin(), t.alphabet.symbols().rend());
    other.alphabet = language::Alphabet(symbols);
    std::reverse(other.embedding.begin(), other.embedding.end());
    for (exact::Rational& w : other.readout.weight) w *= 2;
    other.readout.bias *= 2;
    return other;
}

bool accepts(const network::Transformer& t, const std::vector<std::string>& symbols) {
    return network::evaluate(t, t.alphabet.parse(symbols, "word")).accepts;
}

/// By the definition, symbol by symbol.
bool same_on_all_words(const network::Transformer& a, const network::Transformer& b, std::int64_t length) {
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        std::vector<std::string> symbols;
        for (const language::Symbol s : word) symbols.push_back(a.alphabet.symbol(s));
        if (accepts(a, symbols) != accepts(b, symbols)) return false;
    } while (language::next_word(word, a.alphabet));
    return true;
}

certify::Equality compare(const NetworkFile& a, const NetworkFile& b, std::int64_t length, decide::Method method) {
    decide::ProveOptions options;
    options.method = method;
    certify::Archive archive;
    return certify::compare({a, b, {}}, length, options, {}, archive);
}

void agrees(const certify::Equality& found, bool same) {
    INFO(to_string(found.verdict.why().reason) << " " << found.verdict.why().detail);
    CHECK(found.verdict.holds() == same);
    CHECK(found.verdict.fails() == !same);
}

}  // namespace

TEST_CASE("two random models: circuit and all words against the definition, with the checker", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t equal = 0, different = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 31000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 4 == 0 ? 3 : 2;
        options.layers = random.below(3);
        options.heads = 1 + random.below(2);
        if (k % 5 == 0) options.kind = network::AttentionKind::average;
        const network::Transformer a = tests::random_model(random, options);
        const network::Transformer b = k % 2 == 0 ? disguised(a) : tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(random.below(5));
        if (a.sequence_length(length) == 0 || b.sequence_length(length) == 0) continue;
        const bool same = same_on_all_words(a, b, length);
        (same ? equal : different) += 1;
        agrees(compare(file_of(a), file_of(b), length, decide::Method::exhaustion), same);
        if (a.kind() != network::AttentionKind::hard || b.kind() != network::AttentionKind::hard) continue;
        const certify::Equality by_circuit = compare(file_of(a), file_of(b), length, decide::Method::circuit);
        agrees(by_circuit, same);
        CHECK((by_circuit.verdict.evidence() == verdict::Evidence::refutation) == same);
    }
    CHECK(equal > 10);
    CHECK(different > 5);
}

TEST_CASE("softmax models are compared in balls, by counts where only these matter", "[certificate]") {
    const NetworkFile parity = file_of(programs::zoo_model("chiang-cholak-parity"));
    const NetworkFile same = file_of(disguised(programs::zoo_model("chiang-cholak-parity")));
    const certify::Equality counted = compare(parity, same, 20, decide::Method::automatic);
    agrees(counted, true);
    CHECK(counted.outcome.statistics.words == 21);
    CHECK_FALSE(counted.outcome.enclosure()->classes.empty());
    // A model that is evaluated exactly has no counts: all words.
    const NetworkFile tree = file_of(programs::zoo_model("parity-tree-2-1"));
    const certify::Equality mixed = compare(parity, tree, 3, decide::Method::automatic);
    agrees(mixed, true);
    CHECK(mixed.outcome.statistics.words == 8);
    agrees(compare(parity, tree, 4, decide::Method::automatic), false);
    agrees(compare(file_of(programs::zoo_model("chiang-cholak-first")), parity, 2, decide::Method::automatic), false);
}

TEST_CASE("alphabets are matched one-to-one and onto", "[certificate]") {
    const language::Alphabet bits({"0", "1"}), letters({"b", "a"}), three({"0", "1", "2"});
    CHECK(equal::match(bits, letters, {{"0", "a"}, {"1", "b"}}) == std::vector<language::Symbol>{1, 0});
    CHECK_THROWS(equal::match(bits, letters, {}));
    CHECK_THROWS(equal::match(bits, letters, {{"0", "a"}, {"1", "a"}}));
    CHECK_THROWS(equal::match(bits, letters, {{"0", "a"}}));
    CHECK_THROWS(equal::match(bits, three, {}));
    CHECK_THROWS(equal::match(three, bits, {}));
}
