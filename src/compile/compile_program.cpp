#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "compile/program.hpp"
#include "stop.hpp"

// Programs as a circuit, one-hot: a literal for each value that a variable may have at a position, in the order in which the
// values are met. Selections of one position are priority chains, sums are chains of the sums so far. What has no value on a
// word makes a literal true that is told beside the acceptance. The checker makes the same gates in the same order, from
// FORMAT.md, section 19.

namespace attest::compile {

namespace {

using circuit::Literal;
using network::Program;
using ProgramValue = Program::Value;

template <typename Key>
struct Way {
    Key value;
    Literal holds;
};
template <typename Key>
using Ways = std::vector<Way<Key>>;
using Set = Ways<ProgramValue>;  // of a variable at a position: just one of the literals is true

class ProgramCompiler {
  public:
    ProgramCompiler(circuit::Builder& builder, const Inputs& inputs, const Program& program, const Options& options,
                    const base::Limits& limits)
        : builder_(builder),
          inputs_(inputs),
          p_(program),
          options_(options),
          limits_(limits),
          n_(static_cast<std::size_t>(program.sequence_length(inputs.length()))) {}

    CompiledModel compile() {
        CompiledModel result;
        result.sizes = variables();
        result.accept = acceptance(p_.read_positions(inputs_.length()).back());
        result.drop_literals = {fault()};
        return result;
    }

    CompiledAnswers compile_answers() {
        CompiledAnswers result;
        (void)variables();
        for (const std::size_t i : p_.read_positions(inputs_.length())) {
            auto& position = result.answers.emplace_back();
            for (const auto& way : answers(i)) position.push_back({way.value, way.holds});
            compile::poll(builder_, limits_);
        }
        result.fault = fault();
        return result;
    }

  private:
    Sizes variables() {
        Sizes sizes;
        sizes.positions = static_cast<std::int64_t>(n_);
        for (v_ = 0; v_ < p_.variables.size(); ++v_) {
            std::vector<Set> sets;
            for (std::size_t i = 0; i < n_; ++i) {
                builder_.set_origin({circuit::Origin::Role::value, static_cast<std::int32_t>(v_ + 1), -1,
                                     static_cast<std::int64_t>(i + 1), -1});
                sets.push_back(std::visit([&](const auto& step) { return ways(step, i); }, p_.variables[v_].step));
                compile::poll(builder_, limits_);
            }
            note(sizes, sets);
            sets_.push_back(std::move(sets));
        }
        return sizes;
    }

    /// All is compiled.
    Literal fault() {
        const Literal some = builder_.disjunction(faults_);
        builder_.set_origin({});
        if (builder_.exhausted()) stop(verdict::Reason::memory, "the circuit passes the memory limit");
        return some;
    }

    static void note(Sizes& sizes, const std::vector<Set>& sets) {
        std::size_t greatest = 0, total = 0;
        for (const Set& set : sets) greatest = std::max(greatest, set.size()), total += set.size();
        sizes.values.push_back(greatest);
        sizes.values_total.push_back(total);
    }

    Literal all(std::initializer_list<Literal> literals) { return builder_.conjunction(literals); }
    Literal any(const std::vector<Literal>& literals) { return builder_.disjunction(literals); }

    void fault(Literal literal) {
        if (literal != circuit::bottom) faults_.push_back(literal);
    }

    /// Ways to one value become one, in the order in which values first occur; a value alone always holds.
    template <typename Key>
    Ways<Key> gather(const Ways<Key>& ways) {
        std::map<Key, std::size_t> number;
        std::vector<std::pair<const Key*, std::vector<Literal>>> groups;
        for (const Way<Key>& way : ways) {
            if (way.holds == circuit::bottom) continue;
            const auto [at, is_new] = number.emplace(way.value, groups.size());
            if (is_new) groups.push_back({&way.value, {}});
            groups[at->second].second.push_back(way.holds);
        }
        if (groups.size() > options_.most_values)
            stop(verdict::Reason::memory, fmt::format("{} values of one variable at one position", groups.size()));
        if (groups.size() == 1) return {{*groups[0].first, circuit::top}};
        Ways<Key> gathered;
        for (const auto& [value, literals] : groups) gathered.push_back({*value, any(literals)});
        return gathered;
    }

    void require_few(std::size_t a, std::size_t b) const {
        if (a > options_.most_cases / std::max<std::size_t>(b, 1))
            stop(verdict::Reason::memory, fmt::format("more than {} combinations of values", options_.most_cases));
    }

    Set ways(const Program::Symbol&, std::size_t i) const {
        if (p_.begin && i == 0) return {{*p_.begin, circuit::top}};
        if (p_.end && i + 1 == n_) return {{*p_.end, circuit::top}};
        const std::size_t at = i + (p_.begin ? 0 : 1);
        Set set;
        for (language::Symbol a = 0; a < inputs_.symbols(); ++a)
            set.push_back({p_.alphabet.symbol(a), inputs_.present(static_cast<std::int64_t>(at), a)});
        return set;
    }
    static Set ways(const Program::Position& step, std::size_t i) {
        return {{exact::Rational(step.first + static_cast<std::int64_t>(i)), circuit::top}};
    }
    static Set ways(const Program::Constant& step, std::size_t) { return {{step.value, circuit::top}}; }

    /// Tuples, the values of the first variable slowest.
    Set ways(const Program::Map& step, std::size_t i) {
        Ways<std::vector<ProgramValue>> tuples = {{{}, circuit::top}};
        for (const std::size_t v : step.of) {
            require_few(tuples.size(), sets_[v][i].size());
            Ways<std::vector<ProgramValue>> longer;
            for (const auto& tuple : tuples)
                for (const auto& way : sets_[v][i]) {
                    longer.push_back({tuple.value, all({tuple.holds, way.holds})});
                    longer.back().value.push_back(way.value);
                    if (longer.back().holds == circuit::bottom) longer.pop_back();
                }
            tuples = std::move(longer);
        }
        Set found;
        for (const auto& tuple : tuples) {
            const auto entry = step.table.find(tuple.value);
            if (entry != step.table.end()) found.push_back({entry->second, tuple.holds});
            else if (step.otherwise) found.push_back({*step.otherwise, tuple.holds});
            else fault(tuple.holds);
        }
        return gather(found);
    }

    /// A position that may be selected, and whether it is.
    using Selected = Way<std::size_t>;

    Set ways(const Program::Attend& step, std::size_t i) {
        std::vector<Selected> selected;  // ascending
        for (std::size_t j = 0; j < n_; ++j) {
            if (!allows(step.mask, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j))) continue;
            const Literal literal = selects(step, i, j);
            if (literal != circuit::bottom) selected.push_back({j, literal});
        }
        using Take = Program::Take;
        if (step.take == Take::sum || step.take == Take::mean || step.take == Take::count) return sums(step, selected);
        std::vector<Literal> some;
        for (const Selected& s : selected) some.push_back(s.holds);
        const Literal none = !any(some);
        Set found;
        for (const Selected& c : chosen(step.take, selected, i))
            for (const auto& way : sets_[step.value][c.value]) found.push_back({way.value, all({c.holds, way.holds})});
        add_none(step, none, found);
        return gather(found);
    }

    Literal selects(const Program::Attend& step, std::size_t i, std::size_t j) {
        std::vector<Literal> ways;
        for (const auto& query : sets_[step.query][i]) {
            std::vector<Literal> keys;
            for (const auto& key : sets_[step.key][j])
                if (step.pairs.contains({query.value, key.value})) keys.push_back(key.holds);
            ways.push_back(all({query.holds, any(keys)}));
        }
        return any(ways);
    }

    void add_none(const Program::Attend& step, Literal none, Set& found) {
        if (step.none) found.push_back({*step.none, none});
        else
            for (const auto& way : sets_[step.value][0]) found.push_back({way.value, all({none, way.holds})});
    }

    /// Each position that is selected, and whether it is taken.
    std::vector<Selected> chosen(Program::Take take, std::vector<Selected> selected, std::size_t i) {
        if (take == Program::Take::only) {
            Literal before = circuit::bottom;
            for (const Selected& s : selected) {
                fault(all({s.holds, before}));
                before = any({s.holds, before});
            }
            return selected;
        }
        if (take == Program::Take::nearest) return nearest(std::move(selected), i);
        if (take == Program::Take::right) std::reverse(selected.begin(), selected.end());
        (void)first(selected);
        return selected;
    }

    /// Selected and none before in this order. Gives whether any is.
    Literal first(std::vector<Selected>& order) {
        Literal before = circuit::bottom;
        for (Selected& s : order) {
            const Literal holds = s.holds;
            s.holds = all({holds, !before});
            before = any({before, holds});
        }
        return before;
    }

    static std::size_t distance(std::size_t i, std::size_t j) { return i < j ? j - i : i - j; }

    /// The others by distance, the left one first. The own position is taken if no other is selected, or fewer are than the
    /// first of them is far away; where it is as far, the leftmost.
    std::vector<Selected> nearest(std::vector<Selected> selected, std::size_t i) {
        const auto own =
            std::find_if(selected.begin(), selected.end(), [&](const Selected& s) { return s.value == i; });
        const bool has_own = own != selected.end();
        const Literal own_holds = has_own ? own->holds : circuit::bottom;
        const Ways<std::size_t> counts = has_own ? counted(selected) : Ways<std::size_t>();
        if (has_own) selected.erase(own);
        std::stable_sort(selected.begin(), selected.end(), [&](const Selected& a, const Selected& b) {
            return distance(i, a.value) < distance(i, b.value);
        });
        const Literal others = first(selected);
        if (!has_own) return selected;
        std::vector<Literal> ways = {all({own_holds, !others})};
        for (const Selected& s : selected) {
            const std::size_t most = distance(i, s.value) - (s.value < i ? 1 : 0);
            std::vector<Literal> few;
            for (const auto& count : counts)
                if (count.value >= 2 && count.value <= most) few.push_back(count.holds);
            if (!few.empty()) ways.push_back(all({own_holds, s.holds, any(few)}));
        }
        const Literal takes_own = any(ways);
        for (Selected& s : selected) s.holds = all({s.holds, !takes_own});
        selected.push_back({i, takes_own});
        return selected;
    }

    /// How many are selected.
    Ways<std::size_t> counted(const std::vector<Selected>& selected) {
        Ways<std::size_t> counts = {{0, circuit::top}};
        for (const Selected& s : selected) {
            Ways<std::size_t> next;
            for (const auto& count : counts) {
                next.push_back({count.value, all({count.holds, !s.holds})});
                next.push_back({count.value + 1, all({count.holds, s.holds})});
            }
            counts = gather(next);
        }
        return counts;
    }

    /// Sums so far: of how many terms (of a sum and a count, whether of any), and what.
    using Sum = std::pair<std::size_t, exact::Rational>;

    Set sums(const Program::Attend& step, const std::vector<Selected>& selected) {
        Ways<Sum> so_far = {{{0, 0}, circuit::top}};
        for (const Selected& s : selected) {
            const Ways<exact::Rational> terms = terms_of(step, s);
            require_few(so_far.size(), terms.size() + 1);
            Ways<Sum> next;
            for (const auto& sum : so_far) {
                next.push_back({sum.value, all({sum.holds, !s.holds})});
                for (const auto& term : terms) {
                    const std::size_t count = step.take == Program::Take::mean ? sum.value.first + 1 : 1;
                    next.push_back({{count, sum.value.second + term.value}, all({sum.holds, s.holds, term.holds})});
                }
            }
            so_far = gather(next);
        }
        Set found;
        for (const auto& sum : so_far) {
            if (sum.value.first == 0) add_none(step, sum.holds, found);
            else if (step.take != Program::Take::mean) found.push_back({sum.value.second, sum.holds});
            else
                found.push_back(
                    {exact::Rational(sum.value.second / static_cast<unsigned long>(sum.value.first)), sum.holds});
        }
        return gather(found);
    }

    Ways<exact::Rational> terms_of(const Program::Attend& step, const Selected& s) {
        if (step.take == Program::Take::count) return {{1, circuit::top}};
        Ways<exact::Rational> terms;
        for (const auto& way : sets_[step.value][s.value]) {
            const auto* number = std::get_if<exact::Rational>(&way.value);
            if (number != nullptr) terms.push_back({*number, way.holds});
            else fault(all({s.holds, way.holds}));
        }
        return terms;
    }

    /// What may be answered at a position; several ways may lead to one text.
    Ways<std::string> answers(std::size_t i) {
        builder_.set_origin({circuit::Origin::Role::value, static_cast<std::int32_t>(v_ + 1), -1,
                             static_cast<std::int64_t>(i + 1), -1});
        Ways<std::string> found;
        if (p_.output.classes.empty()) {
            for (const auto& way : sets_[p_.output.value][i]) found.push_back({network::text_of(way.value), way.holds});
            return found;
        }
        for (const auto& way : scores(i)) {
            const auto greatest = std::max_element(way.value.begin(), way.value.end()) - way.value.begin();
            found.push_back({p_.output.classes[static_cast<std::size_t>(greatest)], way.holds});
        }
        return found;
    }

    /// Whether the answer at the position is one that accepts.
    Literal acceptance(std::size_t i) {
        std::vector<Literal> accepting;
        const auto& accept = p_.output.accept;
        for (const auto& way : answers(i))
            if (std::find(accept.begin(), accept.end(), way.value) != accept.end()) accepting.push_back(way.holds);
        return any(accepting);
    }

    Ways<exact::Vector> scores(std::size_t i) {
        Ways<exact::Vector> so_far = {{exact::Vector(p_.output.classes.size()), circuit::top}};
        for (const Program::Score& score : p_.output.scores) {
            const Ways<exact::Vector> rows = rows_of(score, i);
            require_few(so_far.size(), rows.size());
            Ways<exact::Vector> next;
            for (const auto& sum : so_far)
                for (const auto& row : rows) {
                    next.push_back({sum.value, all({sum.holds, row.holds})});
                    for (std::size_t c = 0; c < row.value.size(); ++c) next.back().value[c] += row.value[c];
                }
            so_far = gather(next);
            compile::poll(builder_, limits_);
        }
        return so_far;
    }

    Ways<exact::Vector> rows_of(const Program::Score& score, std::size_t i) {
        Ways<exact::Vector> rows;
        for (const auto& way : sets_[score.of][i]) {
            const auto found = score.weights.find(network::text_of(way.value));
            const auto* number = std::get_if<exact::Rational>(&way.value);
            if (score.times ? number == nullptr : found == score.weights.end()) {
                fault(way.holds);
                continue;
            }
            rows.push_back({score.times ? *score.times : found->second, way.holds});
            if (score.times)
                for (exact::Rational& x : rows.back().value) x *= *number;
        }
        return rows;
    }

    circuit::Builder& builder_;
    const Inputs& inputs_;
    const Program& p_;
    const Options& options_;
    const base::Limits& limits_;
    std::size_t n_;
    std::size_t v_ = 0;                   // the variable that is compiled
    std::vector<std::vector<Set>> sets_;  // [variable][position]
    std::vector<Literal> faults_;         // where there is no value
};

}  // namespace

std::variant<CompiledModel, verdict::Undecided> compile_program(circuit::Builder& builder, const Inputs& inputs,
                                                                const network::Program& program, const Options& options,
                                                                const base::Limits& limits) {
    network::require_decisions(program, inputs.length());
    try {
        return ProgramCompiler(builder, inputs, program, options, limits).compile();
    } catch (Stop& s) {
        return std::move(s.why);
    }
}

std::variant<CompiledAnswers, verdict::Undecided> compile_answers(circuit::Builder& builder, const Inputs& inputs,
                                                                  const network::Program& program,
                                                                  const Options& options, const base::Limits& limits) {
    try {
        return ProgramCompiler(builder, inputs, program, options, limits).compile_answers();
    } catch (Stop& s) {
        return std::move(s.why);
    }
}

circuit::Literal answers_differ(circuit::Builder& builder, const CompiledAnswers& found,
                                const CompiledAnswers& wanted) {
    std::vector<circuit::Literal> somewhere;
    for (std::size_t i = 0; i < found.answers.size(); ++i) {
        std::vector<circuit::Literal> here;
        for (const auto& way : found.answers[i]) {
            std::vector<circuit::Literal> right;
            for (const auto& other : wanted.answers[i])
                if (other.text == way.text) right.push_back(other.holds);
            const circuit::Literal is_right = builder.disjunction(right);
            here.push_back(builder.conjunction({way.holds, !is_right}));
        }
        somewhere.push_back(builder.disjunction(here));
    }
    return builder.disjunction(somewhere);
}

}  // namespace attest::compile
