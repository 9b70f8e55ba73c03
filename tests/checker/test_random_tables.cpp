#include <catch2/catch.hpp>

#include "random_position_free.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Networks of every class of FORMAT.md section 9, as evidence for the language that they compute and for
// others, obeying mask and keys and not: the checker takes exactly those that the text takes.

using namespace checker_test;

namespace {

void erase_one(Item& list, Chance& chance) {
    if (!list.empty()) list.erase(chance.below(list.size()));
}

/// One change of the claim or of the evidence, or none.
void spoil(Case& c, Chance& chance) {
    switch (chance.below(12)) {
        case 0: c.members[chance.below(c.members.size())].flip(); break;
        case 1: erase_one(c.tables["accept"], chance); break;
        case 2: erase_one(c.tables["attention"], chance); break;
        case 3: erase_one(c.keys["keys"], chance); break;
        case 4: erase_one(c.keys["queries"], chance); break;
        case 5: c.network_class["mask"] = c.strict() ? "none" : "strict"; break;
        case 6: ++c.words; break;
        case 7: c.network_class["heads"] = c.network_class["heads"].get<int>() + 1; break;
        default: break;
    }
}

std::string table_of(const std::vector<bool>& members) {
    std::string text = "table:";
    for (std::size_t k = 0; k < members.size(); k += 4) {
        unsigned digit = 0;
        for (std::size_t b = k; b < k + 4; ++b) digit = 2 * digit + (b < members.size() && members[b] ? 1 : 0);
        text += "0123456789abcdef"[digit];
    }
    return text;
}

Draft draft_of(const Case& c) {
    const Item claim = {{"kind", "threshold"},
                        {"class", c.network_class},
                        {"language", table_of(c.members)},
                        {"length", c.length},
                        {"verdict", "possible"}};
    Draft draft{claim.dump(),
                Item({{"kind", "network"}, {"words", c.words}}).dump(),
                {{"witness.json", c.tables.dump()}},
                "[]",
                ""};
    if (c.numbered()) draft.files["keys.json"] = c.keys.dump();
    return draft;
}

struct Verdict {
    bool computes = true, allowed = true, same_class = true;
    bool accepted() const { return computes && allowed && same_class; }
};

Verdict by_definition(const Case& c) {
    const TablesByDefinition network(c.tables, c.keys, c.strict(), c.numbered());
    const Items words = all_symbol_words(c.length);
    Verdict verdict;
    verdict.same_class = c.network_class["heads"] == c.tables["heads"] && c.words == words.size();
    for (std::size_t x = 0; x < words.size(); ++x) {
        const Answer answer = network.run(words[x]);
        verdict.computes = verdict.computes && answer.accepted == c.members[x];
        verdict.allowed = verdict.allowed && answer.allowed;
    }
    return verdict;
}

struct Tally {
    std::size_t accepted = 0, for_mask = 0, for_keys = 0, for_answers = 0, wrong = 0;
};

void hold(const Draft& draft, bool expected, Tally& tally) {
    const Report report = check_draft(draft);
    if (!report.accepted && !expected && report.obligation == "network") return;
    if (report.accepted && expected) {
        ++tally.accepted;
        return;
    }
    ++tally.wrong;
    CAPTURE(draft.claim, draft.evidence, draft.files, report.obligation, report.place, report.reason, expected);
    CHECK(report.accepted == expected);
    if (!expected) CHECK(report.obligation == "network");
}

}  // namespace

TEST_CASE("Network witnesses: random tables of every class are taken or refused as the text says", "[checker]") {
    const std::uint64_t seed = attest::tests::seed(), count = attest::tests::trials(1000);
    Tally tally;
    for (std::uint64_t k = 0; k < count; ++k) {
        CAPTURE(seed, k);
        Chance chance(seed + 50'000 + k);
        Case c = Making(chance, chance.one_in(3)).make();
        spoil(c, chance);
        const Verdict verdict = by_definition(c);
        hold(draft_of(c), verdict.accepted(), tally);
        if (verdict.same_class && verdict.computes && !verdict.allowed)
            ++(c.strict() && !c.numbered() ? tally.for_mask : tally.for_keys);
        if (verdict.same_class && !verdict.computes && verdict.allowed) ++tally.for_answers;
    }
    WARN(count << " tables from seed " << seed << ": " << tally.accepted << " accepted, refused " << tally.for_mask
               << " for the mask alone, " << tally.for_keys << " for keys alone, " << tally.for_answers
               << " for answers alone; " << tally.wrong << " judged otherwise than by the text");
    CHECK(tally.wrong == 0);
    CHECK(tally.accepted > count / 3);
    CHECK(tally.for_mask > count / 50);
    CHECK(tally.for_keys > count / 50);
    CHECK(tally.for_answers > count / 50);
}

TEST_CASE("Network witnesses: random networks without positions are taken or refused as the text says", "[checker]") {
    const std::uint64_t seed = attest::tests::seed(), count = attest::tests::trials(1000);
    Tally tally;
    for (std::uint64_t k = 0; k < count; ++k) {
        CAPTURE(seed, k);
        Chance chance(seed + 90'000 + k);
        const auto [draft, expected] = Without(chance).make();
        hold(draft, expected, tally);
    }
    WARN(count << " networks without positions from seed " << seed << ": " << tally.accepted << " accepted; "
               << tally.wrong << " judged otherwise than by the text");
    CHECK(tally.wrong == 0);
    CHECK(tally.accepted > count / 3);
    CHECK(tally.accepted < count);
}
