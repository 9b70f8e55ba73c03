#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/decide/threshold/extension.hpp"
#include "attest/decide/threshold/synthesiser.hpp"
#include "attest/network/guhat_keys.hpp"
#include "decide/threshold/witness.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

Specification asked(std::int64_t layers, std::int64_t heads, std::optional<std::int64_t> activations,
                    std::int64_t length, Reading read = Reading::end, const std::string& language = "parity") {
    Specification s{{}, language::Language::parse(language, std::nullopt), length};
    s.network.layers = layers;
    s.network.heads = heads;
    s.network.activations = activations;
    s.network.read = read;
    return s;
}

/// A search that knows no extension.
std::optional<network::Guhat> search_alone(const Specification& s) {
    SynthesisOptions options;
    options.proof = false;
    Existence existence = threshold::search(s, options, {});
    return existence.answer == verdict::Answer::holds ? std::move(existence.network) : std::nullopt;
}

std::optional<Extension> extended(const Specification& s, Library& library) {
    return extend(s, library, search_alone, 0, {});
}

void require_network(const Specification& s, const std::optional<Extension>& extension) {
    CAPTURE(describe(s.network), s.length);
    REQUIRE(extension.has_value());
    const network::Guhat& g = extension->network;
    CHECK(g.layers == s.network.layers);
    CHECK(g.heads == s.network.heads);
    CHECK(g.activations == s.network.activations);
    CHECK(g.length == s.length);
    CHECK(g.end.has_value() == (s.network.read == Reading::end));
    CHECK_FALSE(mistake(s, g).has_value());
}

}  // namespace

TEST_CASE("A network of a smaller class is one of every larger class") {
    for (const std::string language : {"parity", "majority", "palindrome"})
        for (const Reading read : {Reading::end, Reading::last})
            for (const Mask mask : {Mask::none, Mask::strict}) {
                Specification small = asked(1, 3, std::nullopt, 3, read, language);
                small.network.mask = mask;
                const auto network = search_alone(small);
                REQUIRE(network.has_value());
                Library library;
                library.add(small, *network);
                for (const auto& [layers, heads, activations] : std::vector<std::tuple<int, int, std::optional<int>>>{
                         {2, 3, 2}, {2, 4, 2}, {3, 4, 2}, {3, 4, 3}, {3, 4, std::nullopt}, {3, 5, std::nullopt}}) {
                    Specification s = asked(layers, heads, activations, 3, read, language);
                    s.network.mask = mask;
                    const auto larger = extended(s, library);
                    INFO(language);
                    require_network(s, larger);
                    CHECK(larger->how == "a network of a smaller class");
                    library.add(s, larger->network);
                }
            }
}

TEST_CASE("An idle head or layer of key dimension 1 has numbers again") {
    Specification small = asked(2, 1, 2, 4);
    small.network.key_dimension_one = true;
    SynthesisOptions options;
    REQUIRE(threshold::search(small, options, {}).answer == verdict::Answer::holds);
    for (const auto& [layers, heads, activations] :
         std::vector<std::tuple<int, int, int>>{{2, 2, 2}, {3, 1, 2}, {2, 1, 3}}) {
        Specification s = asked(layers, heads, activations, 4);
        s.network.key_dimension_one = true;
        const Existence larger = threshold::search(s, options, {});
        CAPTURE(describe(s.network));
        CHECK(larger.extended);
        CHECK(larger.how == "a network of a smaller class");
        REQUIRE(larger.scores.has_value());
        CHECK_FALSE(mistake(s, *larger.network).has_value());
        network::GuhatEvaluator evaluator(*larger.network);
        CHECK(network::number_keys(evaluator, false).has_value());
    }
}

TEST_CASE("One layer more computes a block for each head besides its own") {
    for (const std::optional<std::int64_t> activations :
         {std::optional<std::int64_t>(), std::optional<std::int64_t>(2), std::optional<std::int64_t>(3)}) {
        Library library;
        require_network(asked(2, 1, activations, 3), extended(asked(2, 1, activations, 3), library));
        require_network(asked(2, 2, activations, 8), extended(asked(2, 2, activations, 8), library));
        require_network(asked(2, 2, activations, 9, Reading::last),
                        extended(asked(2, 2, activations, 9, Reading::last), library));
        require_network(asked(3, 1, activations, 8), extended(asked(3, 1, activations, 8), library));
        require_network(asked(4, 1, activations, 9, Reading::last),
                        extended(asked(4, 1, activations, 9, Reading::last), library));
    }
}

TEST_CASE("A reader at the last symbol has a block for each head, too") {
    Library library;
    const Specification s = asked(2, 2, 2, 3 + 3 + 3, Reading::last);
    const auto extension = extended(s, library);
    require_network(s, extension);
    CHECK(extension->how == "blocks of 3 and 3 and 3 symbols");
}

TEST_CASE("A head of the last layer learns the sum of a block that none of its positions knows") {
    Library library;
    const auto refuse = [](const Specification&) { return std::nullopt; };
    for (const auto& [layers, heads, activations, length] :
         std::vector<std::tuple<int, int, std::optional<int>, int>>{{2, 2, std::nullopt, 14}, {2, 2, 2, 9}}) {
        const Specification s = asked(layers, heads, activations, length);
        const auto extension = extend(s, library, refuse, 0, {});
        require_network(s, extension);
        CHECK(extension->how.find("for each head one of") != std::string::npos);
    }
    // In three layers groups of two symbols are added first.
    const Specification s = asked(3, 1, std::nullopt, 13);
    const auto extension = extended(s, library);
    require_network(s, extension);
    CHECK(extension->how == "a block of 1 symbols, and for each head one of 12");
}

TEST_CASE("A reader with a symbol of its own takes the place of an end symbol where it can remember both") {
    Library library;
    library.add(asked(2, 1, std::nullopt, 6), *search_alone(asked(2, 1, std::nullopt, 6)));
    const Specification unbounded = asked(2, 1, std::nullopt, 7, Reading::last);
    require_network(unbounded, extended(unbounded, library));
    library.add(asked(2, 1, 2, 5), *search_alone(asked(2, 1, 2, 5)));
    const Specification four = asked(2, 1, 4, 6, Reading::last);
    require_network(four, extended(four, library));
    CHECK_FALSE(extended(asked(2, 1, 2, 6, Reading::last), library).has_value());
}

TEST_CASE("Fourteen symbols for three layers of one head from seven and seven for two") {
    Library library;
    const Specification s = asked(3, 1, std::nullopt, 14);
    require_network(s, extended(s, library));
}

TEST_CASE("No extension is made up for languages that blocks do not decide or classes of other attention") {
    Library library;
    for (const std::string language : {"majority", "palindrome", "mod:3,0", "contains:11"})
        CHECK_FALSE(extended(asked(3, 2, std::nullopt, 6, Reading::end, language), library).has_value());
    CHECK_FALSE(extended(asked(1, 2, std::nullopt, 2), library).has_value());
    Specification masked = asked(2, 2, std::nullopt, 6);
    masked.network.mask = Mask::strict;
    CHECK_FALSE(extended(masked, library).has_value());
    masked.network.key_dimension_one = true;
    CHECK_FALSE(extended(masked, library).has_value());
    CHECK(extended(asked(3, 2, std::nullopt, 6, Reading::end, "mod:2,0"), library).has_value());
}

TEST_CASE("Where a short search found nothing longer words are not asked again") {
    Library library;
    std::vector<std::int64_t> lengths;
    const auto refuse = [&](const Specification& s) {
        if (s.network.layers == 2 && s.network.read == Reading::end) lengths.push_back(s.length);
        return std::nullopt;
    };
    CHECK_FALSE(extend(asked(3, 1, 2, 12), library, refuse, 0, {}).has_value());
    CHECK(std::is_sorted(lengths.rbegin(), lengths.rend()));
    CHECK(std::adjacent_find(lengths.begin(), lengths.end()) == lengths.end());
}
