#include "attest/decide/ablate/switches.hpp"

#include <algorithm>

#include "attest/programs/zoo.hpp"
#include "by_definition.hpp"

using namespace ablated;

namespace {

/// All sets of parts that are enough and as small as any, by going through all sets and words.
std::vector<Parts> smallest(const network::Transformer& t, std::int64_t length, const language::Language* language) {
    const Parts parts = ablate::parts_of(t);
    std::vector<Parts> found;
    std::size_t size = parts.size() + 1;
    for (std::size_t mask = 0; mask < std::size_t{1} << parts.size(); ++mask) {
        Parts kept, removed;
        for (std::size_t k = 0; k < parts.size(); ++k) ((mask >> k & 1U) != 0 ? kept : removed).push_back(parts[k]);
        if (kept.size() > size) continue;
        const network::Transformer rest = ablate::without(t, removed);
        bool enough = true;
        for_all_words(t, length, [&](const Word& word) {
            const bool wanted = language ? language->contains(word) : network::evaluate(t, word).accepts;
            enough = enough && network::evaluate(rest, word).accepts == wanted;
        });
        if (!enough) continue;
        if (kept.size() < size) found.clear();
        size = kept.size();
        found.push_back(kept);
    }
    return found;
}

bool same_sets(std::vector<Parts> a, std::vector<Parts> b) {
    const auto text = [](const std::vector<Parts>& sets) {
        std::vector<std::string> texts;
        for (const Parts& parts : sets) texts.push_back(to_string(parts));
        std::sort(texts.begin(), texts.end());
        return texts;
    };
    return text(a) == text(b);
}

}  // namespace

TEST_CASE("smallest sets by one circuit with switches, against all sets", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t asked = 0, several = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 68000 + k);
        tests::RandomModelOptions options;
        options.layers = 1 + random.below(2);
        options.heads = 1 + random.below(2);
        if (k % 4 == 3) options.symbols = 3;
        if (k % 3 == 2) options.kind = network::AttentionKind::average;
        const network::Transformer t = tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(random.below(4));
        if (t.sequence_length(length) == 0 || ablate::parts_of(t).empty()) continue;
        const auto found = ablate::smallest_by_solver({t, length, nullptr, {}, seed}, {});
        REQUIRE(std::holds_alternative<ablate::SmallestSets>(found));
        const ablate::SmallestSets& sets = std::get<ablate::SmallestSets>(found);
        const std::vector<Parts> expected = smallest(t, length, nullptr);
        CHECK(sets.all);
        CHECK(same_sets(sets.kept, expected));
        ++asked;
        several += expected.size() > 1 ? 1 : 0;
    }
    CHECK(asked > 30);
    CHECK(several > 0);
}

TEST_CASE("a solver's sets are certified, and many parts are no hindrance", "[ablate]") {
    const network::Transformer t = programs::zoo_model("palindrome");
    const language::Language palindrome = language::Language::parse("palindrome", t.alphabet);
    const formats::ModelFile file = file_of(t);
    ablate::Options search;
    search.most_parts = 0;
    certify::Archive archive, other;
    const certify::Ablation found = certify::ablate_parts({file, &palindrome, {}}, 5, {}, search, {}, archive);
    REQUIRE(found.outcome.by_solver.has_value());
    REQUIRE(!found.kept.empty());
    for (const certify::KeptParts& kept : found.kept) CHECK(kept.verdict.holds());
    for (const ablate::Sufficient& s : found.outcome.sufficient)
        for (const auto& word : s.needs) CHECK(word.has_value());
    const certify::Ablation by_size = certify::ablate_parts({file, &palindrome, {}}, 5, {}, {}, {}, other);
    CHECK(found.kept.size() == by_size.kept.size());
    CHECK(found.kept.front().kept.size() == by_size.kept.front().kept.size());
}

TEST_CASE("models that count have switches", "[ablate]") {
    for (const auto& [model, name] :
         {std::pair{"average-parity", "parity"}, {"average-majority", "majority"}, {"average-dyck-1", "dyck:1"}}) {
        CAPTURE(model);
        const network::Transformer t = programs::zoo_model(model);
        const language::Language language = language::Language::parse(name, t.alphabet);
        const auto found = ablate::smallest_by_solver({t, 8, &language, {0, 1}, 0}, {});
        REQUIRE(std::holds_alternative<ablate::SmallestSets>(found));
        CHECK(same_sets(std::get<ablate::SmallestSets>(found).kept, {ablate::parts_of(t)}));
        CHECK(same_sets(smallest(t, 6, &language), {ablate::parts_of(t)}));
    }
}

TEST_CASE("no set is enough for a language that the model never recognises", "[ablate]") {
    const network::Transformer t = programs::zoo_model("first");
    const language::Language last = language::Language::parse("last", t.alphabet);
    const auto found = ablate::smallest_by_solver({t, 3, &last, {0, 1}, 0}, {});
    REQUIRE(std::holds_alternative<ablate::SmallestSets>(found));
    CHECK(std::get<ablate::SmallestSets>(found).kept.empty());
}
