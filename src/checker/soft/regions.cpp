#include "checker/soft/regions.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/region_bounds.hpp"
#include "checker/soft/soft_evaluator.hpp"

// For each side of the language (its words, the others): all words of the length are the first region; a region is either a leaf
// or falls into regions, each word in exactly one. Regions without words of the side are left out. So the leaves hold all words of
// the side, and where each leaf's scores have the sign of the side, the model recognises the language at this length.

namespace attest::checker {
namespace {

constexpr std::size_t longest = 64;

/// An automaton over the model's symbols that accepts the words of this length that are in the language.
class SideAutomaton {
  public:
    SideAutomaton(const Question& question, std::size_t length, Budget& budget) : question_(question) {
        using Family = Language::Family;
        const Language& language = question.language;
        const auto n = static_cast<long>(length);
        if (language.automaton) {
            of_automaton(*language.automaton, budget);
        } else if (language.family == Family::dyck && language.pairs == 1) {
            of_heights(0, language.depth ? std::min(*language.depth, n) : n, 0, [](long h) { return h == 0; });
        } else if (language.family == Family::majority) {
            of_heights(-n, n, 1, [](long h) { return h > 0; });
        } else {
            throw Defect("manifest.json: evidence.by", "regions are not for this language");
        }
    }
    Automaton automaton;

  private:
    void of_automaton(const Automaton& minimal, Budget& budget) {
        automaton.symbols = question_.letters.size();
        automaton.start = minimal.start;
        automaton.accepting = minimal.accepting;
        budget.memory(minimal.states() * 4, automaton.symbols);
        for (const auto& next : minimal.next) {
            automaton.next.emplace_back();
            for (const std::size_t letter : question_.letters) automaton.next.back().push_back(next[letter]);
        }
    }

    /// The height goes up with the letter `up`, down with others, and a word that leaves low … high is not in the language.
    template <typename Accepts>
    void of_heights(long low, long high, std::size_t up, const Accepts& accepts) {
        const auto dead = static_cast<std::uint32_t>(high - low + 1);
        automaton.symbols = question_.letters.size();
        automaton.start = static_cast<std::size_t>(-low);
        for (long h = low; h <= high; ++h) {
            automaton.accepting.push_back(accepts(h));
            std::vector<std::uint32_t>& next = automaton.next.emplace_back();
            for (const std::size_t letter : question_.letters) {
                const long to = letter == up ? h + 1 : h - 1;
                next.push_back(to < low || to > high ? dead : static_cast<std::uint32_t>(to - low));
            }
        }
        automaton.accepting.push_back(false);
        automaton.next.emplace_back(automaton.symbols, dead);
    }

    const Question& question_;
};

class RegionTree {
  public:
    RegionTree(const Manifest& manifest, const Question& question, std::string_view text, Budget& budget)
        : manifest_(manifest),
          question_(question),
          text_(text),
          budget_(budget),
          length_(manifest.claim.length),
          side_(question, length_, budget),
          instance_(instantiate(*question.model, length_, manifest.evidence.bits, budget)),
          model_(instance_, budget),
          margin_(manifest.evidence.margin) {}

    void check() {
        for (const bool accepted : {true, false}) {
            accepted_ = accepted;
            visit({{0, length_, {}}});
        }
        if (!text_.empty()) throw Defect(place(), "it has lines after the last region");
        if (leaves_ != manifest_.evidence.words)
            throw Defect("manifest.json: evidence.words", "it is not the number of leaves");
    }

  private:
    std::string place() const { return "regions.txt: line " + std::to_string(line_); }

    std::string_view next_line() {
        ++line_;
        budget_.step(1);
        const std::size_t end = text_.find('\n');
        if (end == std::string_view::npos) throw Defect(place(), "it ends before the regions do");
        const std::string_view line = text_.substr(0, end);
        text_.remove_prefix(end + 1);
        return line;
    }

    /// As deep as a word has splits: two a position at most.
    void visit(const WordRegion& region) {
        const Budget::Temporary while_gone_through(budget_);
        const WordGraph words = graph_of(region, side_.automaton, accepted_, budget_);
        if (words.is_empty) return;
        const std::string_view line = next_line();
        if (line == ".") return leaf(words);
        for (const WordRegion& part :
             split_region(region, number(line) - 1, question_.alphabet.size(), place(), budget_))
            visit(part);
    }

    std::size_t number(std::string_view line) const {
        const bool digits = std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (line.empty() || line.size() > 3 || line[0] == '0' || !digits)
            throw Defect(place(), "a line is . or the number of a segment");
        return static_cast<std::size_t>(std::stoul(std::string(line)));
    }

    void leaf(const WordGraph& words) {
        ++leaves_;
        const auto bounds = model_.bounds(words, budget_);
        if (bounds && is_right(Rational(bounds->first), Rational(bounds->second))) return;
        if (!words.is_one_word) throw Defect(place(), "the bounds of its scores are not all " + wanted());
        for (const long factor : {1L, 2L, 4L}) {
            const SoftInstance finer =
                instantiate(*question_.model, length_, factor * manifest_.evidence.bits, budget_);
            const Interval value = score(finer, words.word(), budget_);
            if (value.is_finite() && is_right(value.low(), value.high())) return;
        }
        throw Defect(place(),
                     "the score of " + spell(words.word(), question_.alphabet) + " is not certainly " + wanted());
    }

    bool is_right(const Rational& low, const Rational& high) const {
        return accepted_ ? low > 0 && low >= margin_ : high < 0 && -high >= margin_;
    }
    std::string wanted() const {
        return std::string(accepted_ ? "positive" : "negative") + ", and at least " + margin_.get_str() + " from 0";
    }

    const Manifest& manifest_;
    const Question& question_;
    std::string_view text_;
    Budget& budget_;
    std::size_t length_;
    SideAutomaton side_;
    SoftInstance instance_;
    RegionModel model_;
    Rational margin_;
    bool accepted_ = true;
    std::uint64_t line_ = 0, leaves_ = 0;
};

}  // namespace

void check_regions(const Manifest& manifest, const Question& question, std::string_view tree, Budget& budget) {
    if (manifest.claim.length > longest)
        throw Defect("manifest.json: claim.length",
                     "regions are of words of at most " + std::to_string(longest) + " symbols");
    RegionTree(manifest, question, tree, budget).check();
}

}  // namespace attest::checker
