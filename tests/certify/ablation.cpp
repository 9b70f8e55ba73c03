#include "attest/certify/ablation.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "checker/checker.hpp"
#include "random_model.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Smallest sets of parts against all sets by the definition; the collection that is kept, through the checker.

namespace {

using namespace attest;
using ablate::Part;
using Parts = std::vector<Part>;

formats::ModelFile file_of(const network::Transformer& t) { return {t, formats::write_model(t), {}, {}}; }

/// Whether what is left answers as the whole does, on all words.
bool is_enough(const network::Transformer& whole, const Parts& removed, std::int64_t length) {
    const network::Transformer rest = ablate::without(whole, removed);
    language::Word word(static_cast<std::size_t>(length), 0);
    do
        if (network::evaluate(whole, word).accepts != network::evaluate(rest, word).accepts) return false;
    while (language::next_word(word, whole.alphabet));
    return true;
}

/// All sets of parts that are enough and as small as any.
std::vector<Parts> smallest(const network::Transformer& t, std::int64_t length) {
    const Parts parts = ablate::parts_of(t);
    std::vector<Parts> found;
    std::size_t size = parts.size() + 1;
    for (std::size_t mask = 0; mask < std::size_t{1} << parts.size(); ++mask) {
        Parts kept, removed;
        for (std::size_t k = 0; k < parts.size(); ++k) ((mask >> k & 1U) != 0 ? kept : removed).push_back(parts[k]);
        if (kept.size() > size || !is_enough(t, removed, length)) continue;
        if (kept.size() < size) found.clear();
        size = kept.size();
        found.push_back(kept);
    }
    return found;
}

certify::Ablation ablate_same(const formats::ModelFile& file, std::int64_t length, certify::Archive& archive,
                              const ablate::Options& search = {}) {
    return certify::ablate_parts({file, nullptr, {}}, length, {}, search, {}, archive);
}

bool is_among(const std::vector<Parts>& sets, const Parts& set) {
    return std::find(sets.begin(), sets.end(), set) != sets.end();
}

}  // namespace

TEST_CASE("smallest sets of parts of random models, against all sets", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t fewer = 0;
    for (std::uint64_t k = 0; k < tests::trials(30); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 51000 + k);
        tests::RandomModelOptions options;
        options.layers = 1 + random.below(2);
        options.heads = 1 + random.below(2);
        if (k % 4 == 0) options.kind = network::AttentionKind::average;
        const network::Transformer t = tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(random.below(4));
        if (t.sequence_length(length) == 0) continue;
        const std::vector<Parts> expected = smallest(t, length);
        certify::Archive archive;
        const certify::Ablation found = ablate_same(file_of(t), length, archive);
        CHECK(found.outcome.smallest);
        CHECK(found.outcome.all);
        REQUIRE(found.kept.size() == expected.size());
        for (const certify::KeptParts& kept : found.kept) {
            CHECK(is_among(expected, kept.kept));
            CHECK(kept.verdict.holds());
        }
        CHECK(found.shown == found.outcome.broken.size());
        fewer += expected.front().size() < ablate::parts_of(t).size() ? 1 : 0;
    }
    CHECK(fewer > 10);
}

TEST_CASE("a part that is needed has a word, and the collection is accepted", "[certificate]") {
    const network::Transformer t = programs::zoo_model("chiang-cholak-first");
    const language::Language first = language::Language::parse("first", t.alphabet);
    const formats::ModelFile file = file_of(t);
    const base::DirectoryInProgress place;
    const std::string directory = place.path() + "/kept";
    certify::Archive archive(directory);
    const certify::Ablation found = certify::ablate_parts({file, &first, {}}, 3, {}, {}, {}, archive);
    REQUIRE(found.outcome.sufficient.size() >= 1);
    CHECK(found.outcome.smallest);
    for (const ablate::Sufficient& s : found.outcome.sufficient)
        for (const auto& word : s.needs) CHECK(word.has_value());
    CHECK(found.kept.front().margin.has_value());
    REQUIRE(archive.finish(found.parts));
    const checker::Report report = checker::check(directory);
    INFO(report.obligation << " at " << report.place << ": " << report.reason);
    CHECK(report.accepted);
    CHECK(report.parts.size() == found.parts.size());
}

TEST_CASE("with many parts they are taken away one by one", "[certificate]") {
    base::Random random(tests::seed());
    tests::RandomModelOptions options;
    options.layers = 2;
    const network::Transformer t = tests::random_model(random, options);
    ablate::Options search;
    search.most_parts = 1;
    search.way = ablate::Way::sets;
    certify::Archive archive;
    const certify::Ablation found = ablate_same(file_of(t), 3, archive, search);
    REQUIRE(found.kept.size() == 1);
    CHECK_FALSE(found.outcome.smallest);
    CHECK(found.kept.front().verdict.holds());
    for (const auto& word : found.outcome.sufficient.front().needs) CHECK(word.has_value());
}

TEST_CASE("a model that is wrong as it is has nothing to take away", "[certificate]") {
    const network::Transformer t = programs::zoo_model("first");
    const language::Language last = language::Language::parse("last", t.alphabet);
    const formats::ModelFile file = file_of(t);
    certify::Archive archive;
    const certify::Ablation found = certify::ablate_parts({file, &last, {}}, 3, {}, {}, {}, archive);
    CHECK(found.outcome.wrong.has_value());
    CHECK(found.outcome.sufficient.empty());
}
