#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "hoa_tokens.hpp"
#include "language/automaton_file.hpp"

// Hanoi Omega-Automata, version 1 (http://adl.github.io/hoaf/): headers, then states with edges that bear Boolean formulas over
// atomic propositions. The traps:
// - the format is about infinite words. Here a run is read to the end of a finite word, and accepts iff it ends in a marked state;
// - a letter is a set of propositions, a symbol of ours one character: with more than one proposition only the letters in which exactly
//   one holds are symbols, and what the automaton does on others is not asked;
// - edges without formula stand for all letters in order, and must be as many as there are letters;
// - a header with a capital that a reader does not know changes the meaning, so that it must refuse.

namespace attest::language {

namespace {

constexpr std::size_t most_propositions = 1000;
constexpr std::size_t deepest_formula = 200;

/// The letters for which a formula holds, as far as they are symbols.
using Letters = std::vector<bool>;

class HoaReader {
  public:
    HoaReader(const std::string& text, const std::string& file, std::vector<std::string>& notes)
        : t_(text, file), notes_(notes) {}

    PartialDfa run() {
        while (!t_.is(HoaToken::Kind::end) && t_.now().text != "--BODY--") header();
        if (t_.is(HoaToken::Kind::end)) t_.fail("--BODY--");
        finish_headers();
        t_.take();
        while (t_.is(HoaToken::Kind::header) && t_.now().text == "State") state();
        if (t_.now().text != "--END--") t_.fail("'State:' or --END--");
        t_.take();
        if (!t_.is(HoaToken::Kind::end)) t_.fail("one automaton in the file");
        return finish();
    }

  private:
    void header() {
        if (!t_.is(HoaToken::Kind::header)) t_.fail("a header");
        const HoaToken name = t_.take();
        if (name.text == "HOA") {
            if (t_.now().text != "v1") t_.fail("version v1");
            t_.take();
        } else if (name.text == "States") states_ = t_.expect_number(0, most_states, "a number of states");
        else if (name.text == "Start") start();
        else if (name.text == "AP") propositions();
        else if (name.text == "Alias") alias();
        else if (name.text == "Acceptance") acceptance();
        else other_header(name);
    }

    void start() {
        if (start_) t_.fail("one initial state: a deterministic automaton", "another 'Start:'");
        start_ = target();
    }
    std::size_t target() {
        const std::size_t state = t_.expect_number(0, most_states - 1, "a state");
        if (t_.is_sign('&'))
            t_.fail("a single state: a deterministic automaton", "'&', as alternating automata have it");
        return state;
    }

    void propositions() {
        const std::size_t count = t_.expect_number(0, most_propositions, "a number of atomic propositions");
        if (propositions_) t_.fail("one list of atomic propositions", "another 'AP:'");
        propositions_.emplace();
        while (t_.is(HoaToken::Kind::string)) propositions_->push_back(t_.take().text);
        if (propositions_->size() != count)
            t_.fail(fmt::format("{} names of atomic propositions", count), std::to_string(propositions_->size()));
        make_letters();
    }

    void make_letters() {
        const std::vector<std::string>& names = *propositions_;
        if (names.empty()) t_.fail("at least one atomic proposition", "none");
        if (names.size() == 1) {
            alphabet_.emplace(std::vector<std::string>{"0", "1"});
            notes_.push_back(fmt::format("its one proposition, '{}', holds at the symbol 1 and not at 0",
                                         base::printable(names[0])));
            return;
        }
        for (const std::string& name : names)
            if (base::code_points(name, t_.place(t_.now().line)).size() != 1 || is_control(name))
                t_.fail("atomic propositions whose names are one character each, the symbols, or just one proposition",
                        fmt::format("'{}'", base::printable(name)));
        std::vector<std::string> sorted = names;
        std::sort(sorted.begin(), sorted.end());
        if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end())
            t_.fail("distinct atomic propositions", fmt::format("'{}' twice", base::printable(*twice)));
        alphabet_.emplace(names);
        notes_.push_back(
            "its propositions are the symbols: at each position exactly one holds, and what the automaton does "
            "otherwise is not asked");
    }

    std::size_t letters() const { return alphabet_->size(); }
    void require_letters() const {
        if (!alphabet_) t_.fail("'AP:' with the atomic propositions before formulas", "none");
    }
    /// Whether a proposition holds at a letter.
    bool holds(std::size_t proposition, std::size_t letter) const {
        return propositions_->size() == 1 ? letter == 1 : letter == proposition;
    }

    void alias() {
        const std::string name = t_.expect(HoaToken::Kind::alias, "a name such as @a");
        require_letters();
        if (!aliases_.emplace(name, formula()).second)
            t_.fail("each alias once", fmt::format("'{}' again", base::printable(name)));
    }

    /// A state accepts by one mark, or always, or never.
    void acceptance() {
        const std::size_t sets = t_.expect_number(0, 1000, "a number of acceptance sets");
        std::string condition;
        while (!t_.is(HoaToken::Kind::header) && !t_.is(HoaToken::Kind::end) && t_.now().text != "--BODY--")
            condition += t_.take().text;
        if (acceptance_) t_.fail("one acceptance condition", "another 'Acceptance:'");
        acceptance_ = condition;
        if (!(sets == 1 && condition == "Inf(0)") && !(sets == 0 && (condition == "t" || condition == "f")))
            t_.fail("'Acceptance: 1 Inf(0)', '0 t' or '0 f', which make sense of finite words",
                    fmt::format("'{} {}'", sets, base::printable(condition)));
    }

    /// Headers in small letters may be passed over, those with a capital must not.
    void other_header(const HoaToken& name) {
        static constexpr std::string_view known[] = {"acc-name", "tool", "name", "properties"};
        const bool semantic = name.text[0] >= 'A' && name.text[0] <= 'Z';
        if (semantic && std::find(std::begin(known), std::end(known), name.text) == std::end(known))
            throw base::InputError(t_.place(name.line), "a header that HOA version 1 defines",
                                   fmt::format("'{}:'", base::printable(name.text)));
        while (!t_.is(HoaToken::Kind::header) && !t_.is(HoaToken::Kind::end) && t_.now().text != "--BODY--") t_.take();
    }

    void finish_headers() {
        if (!start_) t_.fail("'Start:' with the initial state", "none");
        if (!acceptance_) t_.fail("'Acceptance:'", "none");
        require_letters();
        notes_.push_back(
            *acceptance_ == "Inf(0)"
                ? "HOA is about infinite words; here a finite word is accepted iff its run ends in a state of set 0"
                : "HOA is about infinite words; here a finite word is accepted iff it has a run, or none is");
    }

    Letters formula() {
        Letters sum = product();
        while (t_.take_sign('|')) {
            const Letters next = product();
            for (std::size_t l = 0; l < sum.size(); ++l) sum[l] = sum[l] || next[l];
        }
        return sum;
    }
    Letters product() {
        Letters all = atom();
        while (t_.take_sign('&')) {
            const Letters next = atom();
            for (std::size_t l = 0; l < all.size(); ++l) all[l] = all[l] && next[l];
        }
        return all;
    }
    Letters atom() {
        if (++depth_ > deepest_formula)
            t_.fail(fmt::format("a formula nested at most {} deep", deepest_formula), "more");
        Letters value(letters());
        if (t_.take_sign('!')) {
            value = atom();
            value.flip();
        } else if (t_.take_sign('(')) {
            value = formula();
            t_.expect_sign(')');
        } else if (t_.is(HoaToken::Kind::number)) {
            const std::size_t p = t_.expect_number(0, propositions_->size() - 1, "an atomic proposition");
            for (std::size_t l = 0; l < value.size(); ++l) value[l] = holds(p, l);
        } else if (t_.is(HoaToken::Kind::alias)) {
            const auto known = aliases_.find(t_.now().text);
            if (known == aliases_.end()) t_.fail("an alias that was defined before");
            t_.take();
            value = known->second;
        } else if (t_.is(HoaToken::Kind::identifier) && (t_.now().text == "t" || t_.now().text == "f")) {
            value.assign(letters(), t_.take().text == "t");
        } else {
            t_.fail("a formula");
        }
        --depth_;
        return value;
    }
    std::optional<Letters> label() {
        if (!t_.take_sign('[')) return std::nullopt;
        Letters value = formula();
        t_.expect_sign(']');
        return value;
    }

    /// `{0}` after a state; edges bear none here.
    bool marked() {
        if (!t_.take_sign('{')) return false;
        bool any = false;
        for (; !t_.take_sign('}'); any = true) {
            if (*acceptance_ != "Inf(0)") t_.fail("no mark where there is no acceptance set");
            t_.expect_number(0, 0, "an acceptance set");
        }
        return any;
    }

    void state() {
        t_.take();
        const std::optional<Letters> common = label();
        const std::size_t s = t_.expect_number(0, most_states - 1, "a state");
        if (t_.is(HoaToken::Kind::string)) t_.take();
        at(s);
        if (defined_[s]) t_.fail("each state once", fmt::format("state {} again", s));
        defined_[s] = true;
        accepting_[s] = marked();
        std::size_t implicit = 0;
        while (t_.is_sign('[') || t_.is(HoaToken::Kind::number)) {
            if (common && t_.is_sign('[')) t_.fail("a formula at the state or at its edges, not at both");
            const std::size_t line = t_.now().line;
            std::optional<Letters> on = common ? common : label();
            if (!on) on = letters_of_edge(implicit++);
            const std::size_t to = target();
            if (t_.is_sign('{')) t_.fail("acceptance by states", "a mark at an edge");
            connect(s, *on, to, line);
        }
        check_implicit(s, implicit);
    }

    /// Edges without formulas stand for the letters in order, a letter being the number whose bit k is proposition k.
    Letters letters_of_edge(std::size_t edge) const {
        Letters value(letters());
        for (std::size_t l = 0; l < value.size(); ++l)
            value[l] = propositions_->size() == 1 ? edge == l : l < 30 && edge == std::size_t{1} << l;
        return value;
    }
    void check_implicit(std::size_t s, std::size_t edges) const {
        const std::size_t bits = propositions_->size();
        if (edges != 0 && (bits > 20 || edges != std::size_t{1} << bits))
            t_.fail(fmt::format("state {} to have 2^{} edges, one for each letter, or formulas", s, bits),
                    std::to_string(edges));
    }

    void at(std::size_t s) {
        if (states_ && s >= *states_)
            t_.fail(fmt::format("a state below {}, as 'States:' has it", *states_), std::to_string(s));
        if (s < defined_.size()) return;
        defined_.resize(s + 1), accepting_.resize(s + 1);
        next_.resize(s + 1, std::vector<std::optional<Dfa::State>>(letters()));
    }

    void connect(std::size_t s, const Letters& on, std::size_t to, std::size_t line) {
        at(to);
        for (std::size_t l = 0; l < on.size(); ++l) {
            if (!on[l]) continue;
            std::optional<Dfa::State>& next = next_[s][l];
            if (next && *next != to)
                throw base::InputError(t_.place(line), "a deterministic automaton",
                                       fmt::format("two edges on '{}' from state {}",
                                                   base::printable(alphabet_->symbol(static_cast<Symbol>(l))), s));
            next = static_cast<Dfa::State>(to);
        }
    }

    PartialDfa finish() {
        at(*start_);
        if (states_ && *states_ > 0) at(*states_ - 1);
        if (*acceptance_ == "t") accepting_.assign(accepting_.size(), true);
        return {*alphabet_, static_cast<Dfa::State>(*start_), std::move(accepting_), std::move(next_)};
    }

    HoaTokens t_;
    std::vector<std::string>& notes_;
    std::optional<std::size_t> states_, start_;
    std::optional<std::string> acceptance_;
    std::optional<std::vector<std::string>> propositions_;
    std::optional<Alphabet> alphabet_;
    std::map<std::string, Letters> aliases_;
    std::size_t depth_ = 0;
    std::vector<bool> defined_, accepting_;
    std::vector<std::vector<std::optional<Dfa::State>>> next_;
};

}  // namespace

PartialDfa read_hoa(const std::string& text, const std::string& file, std::vector<std::string>& notes) {
    return HoaReader(text, file, notes).run();
}

}  // namespace attest::language
