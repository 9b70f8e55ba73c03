#include <vector>

#include "attest/formats/file.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/tables.hpp"
#include "refusal.hpp"

// Tables: what was read is written and read again as the same tables, and evaluated on some words. The checker, which
// reads and evaluates by code of its own, takes the same files and says the same.

namespace {

using namespace attest;

bool checker_takes(const std::string& json, checker::Budget& budget, checker::Tables& tables) {
    try {
        tables = checker::read_tables(json, "f.json", budget);
        return true;
    } catch (const checker::Defect&) {
        return false;
    }
}

void compare(const network::Guhat& tables, checker::Tables& theirs, checker::Budget& budget) {
    if (tables.length > 64 || tables.layers * tables.heads * tables.positions() > 1 << 12) return;
    network::GuhatEvaluator before(tables), after(formats::parse_guhat(formats::write_guhat(tables), "again"));
    language::Word word(static_cast<std::size_t>(tables.length), 0);
    for (int k = 0; k < 16; ++k) {
        const bool accepts = before.accepts(word);
        fuzz::require(after.accepts(word) == accepts, "tables say the same after they were written and read");
        fuzz::require(checker::accepts(theirs, {word.begin(), word.end()}, budget) == accepts,
                      "the checker says what we say");
        if (!language::next_word(word, tables.alphabet)) return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string json(fuzz::text(data, size));
    network::Guhat tables;
    checker::Tables theirs;
    checker::Budget budget(10'000'000'000, 4'000'000'000);
    const bool taken = fuzz::reads([&] { tables = formats::parse_guhat(json, "f.json"); });
    fuzz::require(checker_takes(json, budget, theirs) == taken, "the checker takes the files that we take");
    if (!taken) return 0;
    const std::string written = formats::write_guhat(tables);
    fuzz::require(formats::write_guhat(formats::parse_guhat(written, "again")) == written,
                  "tables are written as they were read");
    compare(tables, theirs, budget);
    return 0;
}
