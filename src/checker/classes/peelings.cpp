#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "checker/classes/every_change.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/tables.hpp"

// Obligation `network`, by parts. Theorem (FORMAT.md section 9.13): where every change of one symbol leads into or out of
// the language, a class has a network if its word can be cut into a block that the reader's heads see symbol by symbol,
// and one for each of some heads of later layers that tells its number of second symbols modulo two by itself. Only the
// small networks of these heads are run, each on all of its words.

namespace attest::checker {
namespace {

const std::string of_claim = "manifest.json: claim";

/// 2 ≤ L, with the queries that a network of parts needs.
void require_class(const NetworkClass& c) {
    if (c.layers < 2 || !c.has_strict_orders() || c.strict_mask)
        throw Defect(of_claim + ".class",
                     "heads with blocks are of two layers or more that see positions, with any attention and no mask");
}

/// leaders (H+1)^(l−2), or the length if that is less.
std::size_t most_symbols(const PeeledBlock& block, std::size_t heads, std::size_t length) {
    std::size_t most = block.leaders;
    for (std::size_t layer = 2; layer < block.layer && most < length; ++layer) most *= heads + 1;
    return most;
}

void require_blocks(const Claim& claim, const PeeledBlocks& parts) {
    const NetworkClass& c = *claim.network_class;
    const std::string at = "manifest.json: evidence.";
    if (parts.first > c.heads) throw Defect(at + "first", "a head sees one symbol of the first block");
    std::map<std::size_t, std::size_t> heads;  // that have a block, by layer
    std::size_t symbols = parts.first + (c.reads_end ? 0 : 1);
    for (std::size_t k = 0; k < parts.blocks.size(); ++k) {
        const PeeledBlock& block = parts.blocks[k];
        const std::string here = at + "blocks[" + std::to_string(k) + "].";
        if (block.layer > c.layers) throw Defect(here + "layer", "the class has fewer layers");
        if (++heads[block.layer] > c.heads) throw Defect(here + "layer", "more blocks than the layer has heads");
        if (block.symbols < block.leaders || block.symbols > most_symbols(block, c.heads, claim.length))
            throw Defect(here + "symbols", "each leader adds one symbol or more, and no more than fit in its layers");
        symbols += block.symbols;
    }
    if (symbols != claim.length)
        throw Defect(of_claim + ".length", "the blocks are of " + std::to_string(symbols) + " symbols");
}

/// One file: two layers whose end symbol learns the sum by its first head alone.
class PeelingNetwork {
  public:
    PeelingNetwork(const Files& files, std::size_t leaders, Budget& budget)
        : file_(peeling_file(leaders)), leaders_(leaders), tables_(read_tables(files.at(file_), file_, budget)) {}

    void require_of(const NetworkClass& c, const Language& language) const {
        need(tables_.alphabet == language.alphabet, "alphabet", "it is not the language's");
        need(tables_.end.has_value(), "end", "a peeling is read at an end symbol");
        need(tables_.length == leaders_, "length", "the name of the file says another length");
        need(tables_.layers == 2, "layers", "a peeling has two layers");
        need(tables_.heads >= 1, "heads", "its first head is what finds the sum");
        need(tables_.heads <= c.heads, "heads", "the class has fewer heads");
        need(!c.activations || (tables_.activations && *tables_.activations <= *c.activations), "activations",
             "the class has fewer activations");
    }

    /// On all words.
    void run(Budget& budget) {
        for (std::size_t code = 0; code < std::size_t{1} << leaders_; ++code) {
            std::vector<std::size_t> word(leaders_);
            bool odd = false;
            for (std::size_t p = 0; p < leaders_; ++p) {
                word[p] = code >> (leaders_ - 1 - p) & 1;
                odd ^= word[p] == 1;
            }
            Run run;
            accepts(tables_, word, budget, &run);
            look_at(run, word, odd, budget);
        }
    }

  private:
    void need(bool holds, const char* key, const char* what) const {
        if (!holds) throw Defect(file_ + ": " + key, what);
    }

    void look_at(const Run& run, const std::vector<std::size_t>& word, bool odd, Budget& budget) {
        const auto fail = [&](const char* what) {
            std::string text;
            for (const std::size_t a : word) text += tables_.alphabet[a];
            throw Defect(file_ + ": word \"" + text + "\"", what);
        };
        for (const std::vector<std::size_t>& head : run.pattern[0])
            for (std::size_t p = 0; p < leaders_; ++p)
                if (head[p] > leaders_) fail("a head of layer 1 looks at the end symbol");
        const std::size_t own = run.activations[1][leaders_];
        if (reader_.value_or(own) != own) fail("the end symbol's value after layer 1 is not always the same");
        reader_ = own;
        const std::size_t seen = run.pattern[1][0][leaders_];
        if (seen > leaders_) fail("the first head of layer 2 looks at the end symbol");
        const auto [known, fresh] = odd_.try_emplace({seen, run.activations[1][seen - 1]}, odd);
        if (fresh) budget.memory(64);
        if (known->second != odd)
            fail("the first head of layer 2 finds a pair that it finds on a word of the other sum, too");
    }

    std::string file_;
    std::size_t leaders_;
    Tables tables_;
    std::optional<std::size_t> reader_;                        ///< its value after layer 1
    std::map<std::pair<std::size_t, std::size_t>, bool> odd_;  ///< by the pair that is found
};

}  // namespace

std::size_t check_peelings(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                           Budget& budget) {
    const Claim& claim = manifest.claim;
    const PeeledBlocks& parts = *manifest.evidence.peeled;
    require_class(*claim.network_class);
    if (!changes_with_every_symbol(question.language, claim.length, budget))
        throw Defect(of_claim + ".language",
                     "blocks tell sums: each change of one of two symbols must change membership");
    require_blocks(claim, parts);
    std::set<std::size_t> leaders;
    for (const PeeledBlock& block : parts.blocks) leaders.insert(block.leaders);
    for (const std::size_t d : leaders) {
        PeelingNetwork network(files, d, budget);
        network.require_of(*claim.network_class, question.language);
        network.run(budget);
    }
    return leaders.empty() ? 0 : *leaders.rbegin();
}

}  // namespace attest::checker
