#include "checker/question/prefixes.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "checker/kernel/defect.hpp"
#include "checker/network/instance.hpp"
#include "checker/question/regions.hpp"

// FORMAT.md, section 26.3. A prefix is known by its answers so far being right, and by what later positions can ask of it:
// for each step that attends and each list of keys that a query still to come may have, the position that would be taken,
// or the sum. Prefixes that agree in all this and in what the task still asks have the same mistakes before them. Prefixes
// of one length are gone on from together as long as there is room; each level that has to go on before its time leaves half
// of what is left to those after it, so that these merge, too.

namespace attest::checker {
namespace {

using Values = std::vector<std::size_t>;
using PrefixStep = Program::Step;
using Take = Program::Take;
using Fields = std::vector<std::uint32_t>;

[[noreturn]] void refuse(const std::string& reason) { throw Defect("manifest.json: evidence.kind", reason); }

/// Three numbers for each list: of one position where it is, from 1 (0: nowhere), its value, and how many there are; of all
/// their sum as a value in the second place.
constexpr std::size_t in_a_list = 3;

/// Keys that some queries of a step select, and until when such queries come.
struct KeyList {
    std::vector<char> keys;
    std::size_t at = 0;           ///< of its numbers among the fields
    std::size_t asked_until = 0;  ///< the last position with such a query
    std::size_t grows_until = 0;  ///< the last position with such a key
    bool grows = false;
};

struct Lists {
    std::vector<KeyList> lists;
    std::unordered_map<std::size_t, std::size_t> of_query;
};

bool holds_key(const std::vector<char>& keys, std::size_t key) { return key < keys.size() && keys[key] != 0; }

/// What the task still asks of a prefix.
class TaskPrefix {
  public:
    TaskPrefix(const Task& task) : task_(task) {}

    /// Reads a symbol into what was seen; gives the text that is wanted there.
    const std::string& read(Fields& seen, std::size_t symbol) const {
        if (task_.kind == Task::Kind::dyck) return bracket(seen, symbol);
        seen.push_back(static_cast<std::uint32_t>(symbol));
        if (seen.size() <= task_.parameter) return nothing_;
        const std::size_t first = seen.front();
        seen.erase(seen.begin());
        return task_.alphabet[first];
    }

    /// Brackets that are further down than there are symbols to come are never closed: one mark stands for them.
    void forget(Fields& seen, std::size_t left) const {
        if (task_.kind != Task::Kind::dyck || seen.size() <= left) return;
        seen.erase(seen.begin(), seen.end() - static_cast<std::ptrdiff_t>(left));
        seen.insert(seen.begin(), below);
    }

  private:
    static constexpr std::uint32_t lost = UINT32_MAX, below = lost - 1;

    const std::string& bracket(Fields& open, std::size_t symbol) const {
        const auto kind = static_cast<std::uint32_t>(symbol / 2);
        if (!open.empty() && open.front() == lost) return failed_;
        if (symbol % 2 == 0) open.push_back(kind);
        else if (!open.empty() && open.back() == kind) open.pop_back();
        else {
            open = {lost};
            return failed_;
        }
        return open.empty() ? balanced_ : begun_;
    }

    const Task& task_;
    const std::string nothing_ = "<s>", balanced_ = "T", begun_ = "P", failed_ = "F";
};

class PrefixWalk {
  public:
    PrefixWalk(Program& program, const Task& task, std::size_t length, Budget& budget, std::size_t many_states)
        : p_(program),
          task_(task),
          wants_(task_),
          n_(length),
          begin_(program.begin ? 1 : 0),
          budget_(budget),
          many_states_(many_states) {
        check_looks_back();
        number_of_words();
        for (const Symbol& symbol : p_.alphabet) symbols_.push_back(p_.values.text(symbol, budget_));
        find_values();
        list_keys();
        held_.resize(p_.steps.size());
    }

    PrefixCount count() {
        State start{Fields(fields_, 0), {}};
        if (begin_ == 1) advance(start.fields, 0, p_.values.text(*p_.begin, budget_));
        count_states(start);
        if (!are_too_many_) return std::move(found_);
        are_too_many_ = false;
        found_ = {};
        if (auto found = count_regions(start.fields)) return std::move(*found);
        may_be_too_many_ = false;
        count_states(start);
        return std::move(found_);
    }

  private:
    /// That states of all lengths take at a time, and how many of one length there are before others are gone on from.
    static constexpr std::uint64_t most_bytes = std::uint64_t{3} << 29, bytes_of_entry = 96;
    static constexpr std::size_t few_states = 4096;
    static constexpr std::size_t most_entries = 1 << 22;  ///< of tables for regions

    struct State {
        Fields fields, seen;
    };
    /// States are kept as bytes: a number below 255 is one byte, another is 255 and four.
    using Layer = std::unordered_map<std::string, std::uint64_t>;

    static void pack(const Fields& numbers, std::string& bytes) {
        for (const std::uint32_t number : numbers) {
            if (number < 255) {
                bytes.push_back(static_cast<char>(number));
                continue;
            }
            bytes.push_back(static_cast<char>(255));
            for (unsigned shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(number >> shift & 255U));
        }
    }
    static std::string packed(const State& state) {
        std::string bytes;
        bytes.reserve(state.fields.size() + state.seen.size() + 16);
        pack(state.fields, bytes);
        pack(state.seen, bytes);
        return bytes;
    }
    State unpacked(const std::string& bytes) const {
        State state;
        state.fields.reserve(fields_);
        for (std::size_t k = 0; k < bytes.size(); ++k) {
            std::uint32_t number = static_cast<unsigned char>(bytes[k]);
            if (number == 255) {
                number = 0;
                for (unsigned shift = 0; shift < 32; shift += 8)
                    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[++k])) << shift;
            }
            (state.fields.size() < fields_ ? state.fields : state.seen).push_back(number);
        }
        return state;
    }

    void add(Layer& layer, std::string state, std::uint64_t number) {
        const std::uint64_t bytes = state.capacity() + bytes_of_entry;
        const auto [at, is_new] = layer.emplace(std::move(state), 0);
        at->second += number;
        if (!is_new) return;
        bytes_ += bytes;
        if (bytes_ <= drawn_) return;
        constexpr std::uint64_t at_a_time = 1 << 20;
        budget_.memory(at_a_time);
        drawn_ += at_a_time;
    }

    void check_looks_back() const {
        if (!p_.every) refuse("a program that answers at each position was expected");
        // There a variable may have no value, and then the program has no answer on the word; no prefix shows that.
        if (p_.end) refuse("a program without an end symbol was expected");
        if (task_.kind != Task::Kind::dyck && task_.kind != Task::Kind::shift) refuse("the task looks ahead");
        for (const PrefixStep& step : p_.steps) {
            if (step.kind != PrefixStep::Kind::attend) continue;
            if (step.mask != Mask::causal && step.mask != Mask::strict)
                refuse("\"" + step.name + "\" sees positions after its own");
            if (step.take == Take::only) refuse("\"" + step.name + "\" takes the only position");
            if (step.none_is_first && begin_ == 0) refuse("\"" + step.name + "\" needs a begin symbol");
        }
    }

    void number_of_words() {
        constexpr std::size_t most_symbols = 62;
        constexpr std::uint64_t most = std::uint64_t{1} << most_symbols;
        if (n_ > most_symbols && p_.alphabet.size() > 1) refuse("there are more than 2^62 words");
        if (n_ > most_symbols) refuse("the words have more than 62 symbols");
        going_on_.assign(n_ + 1, 1);
        for (std::size_t i = n_; i-- > 0;) {
            if (going_on_[i + 1] > most / p_.alphabet.size()) refuse("there are more than 2^62 words");
            going_on_[i] = going_on_[i + 1] * p_.alphabet.size();
        }
    }

    // What the steps may be at each position, whatever the word: at least what they can be.

    void find_values() {
        for (const PrefixStep& step : p_.steps) {
            std::vector<std::set<std::size_t>> at_positions;
            for (std::size_t i = 0; i < begin_ + n_; ++i) {
                at_positions.push_back(may_be(step, i));
                budget_.memory(at_positions.back().size() + 1, 48);
            }
            may_.push_back(std::move(at_positions));
        }
    }

    std::set<std::size_t> may_be(const PrefixStep& step, std::size_t i) {
        switch (step.kind) {
            case PrefixStep::Kind::symbol:
                if (i < begin_) return {p_.values.text(*p_.begin, budget_)};
                return {symbols_.begin(), symbols_.end()};
            case PrefixStep::Kind::position: return {p_.values.integer(step.first + static_cast<long>(i), budget_)};
            case PrefixStep::Kind::constant: return {step.constant};
            case PrefixStep::Kind::map: return may_map_to(step, i);
            case PrefixStep::Kind::attend: return may_attend_to(step, i);
        }
        return {};
    }

    /// Values after the first so many variables: nodes of the table, or that there is none.
    std::set<std::size_t> may_map_to(const PrefixStep& step, std::size_t i) {
        std::set<std::size_t> nodes{0}, values;
        bool misses = false;
        for (const std::size_t v : step.of) {
            std::set<std::size_t> next;
            for (const std::size_t node : nodes)
                for (const std::size_t value : may_[v][i]) {
                    budget_.step(30);
                    const auto found = step.table.find((static_cast<std::uint64_t>(node) << 32) | value);
                    if (found == step.table.end()) misses = true;
                    else next.insert(found->second);
                }
            nodes = std::move(next);
        }
        if (!step.of.empty()) values = std::move(nodes);
        if ((misses || step.of.empty()) && step.otherwise) values.insert(*step.otherwise);
        return values;
    }

    std::set<std::size_t> may_attend_to(const PrefixStep& step, std::size_t i) {
        const bool adds = step.take == Take::sum || step.take == Take::mean || step.take == Take::count;
        std::set<std::size_t> values;
        if (!step.none_is_first) values.insert(step.none);
        else values.insert(may_[step.value][0].begin(), may_[step.value][0].end());
        if (!adds) {
            for (std::size_t j = 0; j <= i; ++j) values.insert(may_[step.value][j].begin(), may_[step.value][j].end());
            budget_.step(values.size() * (i + 1), 20);
            return values;
        }
        // Of how many terms which sums there may be, any of the positions being left out.
        std::set<std::pair<std::size_t, Rational>> sums{{0, 0}};
        for (std::size_t j = 0; j <= i; ++j) {
            const auto so_far = sums;
            for (const auto& [terms, sum] : so_far)
                for (const Rational& term : terms_at(step, j)) {
                    budget_.arithmetic(digits_of(sum) + digits_of(term));
                    budget_.step(60);
                    sums.emplace(step.take == Take::mean ? terms + 1 : 1, sum + term);
                }
            budget_.memory(sums.size() - so_far.size(), 96);
        }
        for (const auto& [terms, sum] : sums)
            if (terms > 0)
                values.insert(kept(step.take == Take::mean ? Rational(sum / static_cast<long>(terms)) : sum));
        return values;
    }

    std::vector<Rational> terms_at(const PrefixStep& step, std::size_t j) const {
        if (step.take == Take::count) return {1};
        std::vector<Rational> terms;
        for (const std::size_t value : may_[step.value][j]) {
            if (!p_.values.is_number(value)) refuse("\"" + step.name + "\" may add what is no number");
            terms.push_back(p_.values.rational(value));
        }
        return terms;
    }

    std::size_t kept(const Rational& number) {
        constexpr long small = 1 << 20;
        if (number.get_den() == 1 && abs(number.get_num()) < small)
            return p_.values.integer(number.get_num().get_si(), budget_);
        return p_.values.number(number, budget_);
    }

    // Which keys are asked for, and until when.

    void list_keys() {
        for (std::size_t v = 0; v < p_.steps.size(); ++v) {
            lists_.emplace_back();
            if (p_.steps[v].kind == PrefixStep::Kind::attend) list_keys(p_.steps[v], lists_.back());
        }
    }

    void list_keys(const PrefixStep& step, Lists& to) {
        for (std::size_t i = 0; i < begin_ + n_; ++i)
            for (const std::size_t query : may_[step.query][i]) {
                budget_.step(20);
                if (query >= step.pairs.size() || step.pairs[query].empty()) continue;
                const auto known = to.of_query.find(query);
                const std::size_t list = known != to.of_query.end() ? known->second : list_of(step, query, to);
                to.lists[list].asked_until = std::max(to.lists[list].asked_until, i);
            }
        for (KeyList& list : to.lists)
            for (std::size_t i = 0; i < begin_ + n_; ++i)
                for (const std::size_t key : may_[step.key][i])
                    if (holds_key(list.keys, key)) {
                        list.grows = true;
                        list.grows_until = i;
                    }
    }

    std::size_t list_of(const PrefixStep& step, std::size_t query, Lists& to) {
        std::vector<char> keys = step.pairs[query];
        while (!keys.empty() && keys.back() == 0) keys.pop_back();
        std::size_t list = 0;
        while (list < to.lists.size() && to.lists[list].keys != keys) ++list;
        budget_.step(20 * (list + 1) + keys.size());
        budget_.memory(keys.size() + 128);
        if (list == to.lists.size()) {
            to.lists.push_back({std::move(keys), fields_});
            fields_ += in_a_list;
        }
        to.of_query.emplace(query, list);
        return list;
    }

    // One position.

    void advance(Fields& fields, std::size_t i, std::size_t symbol) {
        for (std::size_t v = 0; v < p_.steps.size(); ++v) {
            const PrefixStep& step = p_.steps[v];
            budget_.step(8);
            switch (step.kind) {
                case PrefixStep::Kind::symbol: held_[v] = symbol; break;
                case PrefixStep::Kind::position:
                    held_[v] = p_.values.integer(step.first + static_cast<long>(i), budget_);
                    break;
                case PrefixStep::Kind::constant: held_[v] = step.constant; break;
                case PrefixStep::Kind::map: held_[v] = mapped(step, i); break;
                case PrefixStep::Kind::attend: held_[v] = attended(step, lists_[v], fields, i); break;
            }
        }
        for (std::size_t v = 0; v < p_.steps.size(); ++v)
            for (const KeyList& list : lists_[v].lists) forget(p_.steps[v], list, &fields[list.at], i);
    }

    /// What a tuple of the values that are held leads to, if anything.
    std::optional<std::size_t> entry(const PrefixStep& step) const {
        if (step.of.empty()) return step.otherwise;
        std::size_t node = 0;
        for (const std::size_t v : step.of) {
            const auto next = step.table.find((static_cast<std::uint64_t>(node) << 32) | held_[v]);
            if (next == step.table.end()) return step.otherwise;
            node = next->second;
        }
        return node;
    }

    std::size_t mapped(const PrefixStep& step, std::size_t i) const {
        if (const auto value = entry(step)) return *value;
        throw Defect("variable \"" + step.name + "\"",
                     "a tuple that has no entry at position " + std::to_string(i + 1));
    }

    std::size_t attended(const PrefixStep& step, const Lists& lists, Fields& fields, std::size_t i) {
        if (begin_ == 1 && i == 0) first_[&step] = held_[step.value];
        budget_.step(lists.lists.size(), 2);
        const auto asked = lists.of_query.find(held_[step.query]);
        std::size_t result = nothing(step);
        for (std::size_t k = 0; k < lists.lists.size(); ++k) {
            const KeyList& list = lists.lists[k];
            const bool selected = holds_key(list.keys, held_[step.key]);
            if (asked != lists.of_query.end() && asked->second == k)
                result = seen_in(step, &fields[list.at], i, selected, held_[step.value]);
            if (selected) add_position(step, &fields[list.at], i, held_[step.value]);
        }
        return result;
    }

    std::size_t nothing(const PrefixStep& step) const { return step.none_is_first ? first_.at(&step) : step.none; }

    /// What a query at position i finds in a list of keys, which may have the key of the position itself.
    std::size_t seen_in(const PrefixStep& step, const std::uint32_t* numbers, std::size_t i, bool selected,
                        std::size_t value) {
        std::uint32_t with[] = {numbers[0], numbers[1], numbers[2]};
        const bool itself = selected && step.mask == Mask::causal;
        if (itself) add_position(step, with, i, value);
        // The position itself is as far as positions are selected; one before it that is not farther is nearer.
        if (step.take == Take::nearest && step.mask == Mask::causal && numbers[0] != 0 && i + 1 - numbers[0] <= with[2])
            return numbers[1];
        return taken(step, with);
    }

    std::size_t taken(const PrefixStep& step, const std::uint32_t* numbers) {
        if (numbers[2] == 0) return nothing(step);
        if (step.take == Take::count) return p_.values.integer(numbers[2], budget_);
        if (step.take != Take::mean) return numbers[1];
        return kept(Rational(p_.values.rational(numbers[1]) / static_cast<long>(numbers[2])));
    }

    void add_position(const PrefixStep& step, std::uint32_t* numbers, std::size_t i, std::size_t value) {
        if (step.take == Take::sum || step.take == Take::mean)
            numbers[1] = static_cast<std::uint32_t>(plus(numbers[2] == 0 ? zero() : numbers[1], value));
        else if (step.take != Take::count && (step.take != Take::left || numbers[0] == 0)) {
            numbers[0] = static_cast<std::uint32_t>(i + 1);
            numbers[1] = static_cast<std::uint32_t>(value);
        }
        ++numbers[2];
    }

    std::size_t zero() { return p_.values.integer(0, budget_); }
    std::size_t plus(std::size_t a, std::size_t b) {
        const auto [at, is_new] = sums_.emplace((static_cast<std::uint64_t>(a) << 32) | b, 0);
        if (!is_new) return at->second;
        budget_.memory(64);
        budget_.arithmetic(digits_of(p_.values.rational(a)) + digits_of(p_.values.rational(b)));
        return at->second = kept(Rational(p_.values.rational(a) + p_.values.rational(b)));
    }

    /// Makes 0 what no later position can ask, and equal what none can tell apart.
    void forget(const PrefixStep& step, const KeyList& list, std::uint32_t* numbers, std::size_t i) const {
        if (list.asked_until <= i) {
            std::fill(numbers, numbers + in_a_list, 0);
            return;
        }
        if (step.take == Take::count || step.take == Take::mean) return;
        const auto end = static_cast<std::uint32_t>(begin_ + n_);
        const bool may_be_own = step.take == Take::nearest && list.grows && list.grows_until > i;
        if (may_be_own && (numbers[0] == 0 || numbers[0] + numbers[2] + 1 < end)) return;
        if (step.take != Take::sum) numbers[0] = numbers[0] == 0 ? 0 : 1;
        // Where so many are selected, no position is nearer to itself than one before it.
        numbers[2] = numbers[2] == 0 ? 0 : may_be_own ? end : 1;
    }

    // Regions of states (regions.hpp): reading a symbol as functions of few values.

    using Numbers3 = std::array<std::uint32_t, in_a_list>;
    /// What may stand in a list, each once.
    struct Contents {
        std::vector<Numbers3> of;
        std::map<Numbers3, std::uint32_t> numbers;

        std::uint32_t number(const Numbers3& content) {
            const auto [at, is_new] = numbers.emplace(content, static_cast<std::uint32_t>(of.size()));
            if (is_new) of.push_back(content);
            return at->second;
        }
    };
    /// Values in the order in which they are met.
    struct Numbering {
        Values of = {};
        std::map<std::size_t, std::uint32_t> numbers = {};

        std::uint32_t number(std::size_t value) {
            const auto [at, is_new] = numbers.emplace(value, static_cast<std::uint32_t>(of.size()));
            if (is_new) of.push_back(value);
            return at->second;
        }
    };
    /// A step that is made: the node of each variable, and its values by number.
    struct Making {
        ReadingStep step;
        std::vector<std::size_t> node;
        std::vector<Values> values;
    };

    std::optional<PrefixCount> count_regions(const Fields& start) {
        std::vector<Contents> contents;
        StateWidening::Cells cells;
        for (const Lists& lists : lists_)
            for (const KeyList& list : lists.lists) {
                contents.emplace_back().number({start[list.at], start[list.at + 1], start[list.at + 2]});
                cells.push_back(0);
            }
        std::vector<ReadingStep> steps;
        for (std::size_t i = 0; i < n_; ++i) {
            auto step = reading_step(begin_ + i, contents);
            if (!step) return std::nullopt;
            steps.push_back(std::move(*step));
        }
        const TaskReader reader = [this](Fields& seen, std::size_t i, std::size_t symbol) {
            std::string wanted = wants_.read(seen, symbol);
            wants_.forget(seen, n_ - i - 1);
            return wanted;
        };
        return count_by_regions(steps, cells, symbols_.size(), reader, going_on_, budget_);
    }

    std::size_t add_node(ReadingStep& step, std::size_t size) const {
        step.sizes.push_back(size);
        return step.sizes.size() - 1;
    }

    /// A function of nodes whose sizes are known; `value` is given the values of the inputs by number. False: too large.
    template <typename Value>
    bool add_function(ReadingStep& step, std::size_t output, const std::vector<std::size_t>& inputs,
                      const Value& value) {
        std::size_t size = 1;
        for (const std::size_t input : inputs) {
            size *= step.sizes[input];
            if (size > most_entries) return false;
        }
        entries_ += size;
        if (entries_ > most_entries) return false;
        budget_.step(size, 40);
        budget_.memory(size, 4);
        ReadingStep::Function function{output, inputs, {}};
        std::vector<std::size_t> tuple(inputs.size());
        for (std::size_t place = 0; place < size; ++place) {
            std::size_t left = place;
            for (std::size_t k = inputs.size(); k-- > 0; left /= step.sizes[inputs[k]])
                tuple[k] = left % step.sizes[inputs[k]];
            function.table.push_back(value(tuple));
        }
        step.functions.push_back(std::move(function));
        return true;
    }

    /// What reading the symbol at position i does; `contents` are of each list, before it and then after it.
    std::optional<ReadingStep> reading_step(std::size_t i, std::vector<Contents>& contents) {
        Making m;
        m.step.cells = contents.size();
        for (const Contents& content : contents) add_node(m.step, content.of.size());
        m.step.symbol = add_node(m.step, symbols_.size());
        std::vector<Contents> after(contents.size());
        std::vector<ReadingStep::Function> ending;
        std::size_t first = 0;
        for (std::size_t v = 0; v < p_.steps.size(); ++v) {
            if (!add_step(m, v, i, first, contents, after, ending)) return std::nullopt;
            first += lists_[v].lists.size();
        }
        for (std::size_t k = 0; k < after.size(); ++k) ending[k].output = add_node(m.step, after[k].of.size());
        for (ReadingStep::Function& function : ending) m.step.functions.push_back(std::move(function));
        if (!add_answer(m)) return std::nullopt;
        m.step.finish();
        contents = std::move(after);
        return std::move(m.step);
    }

    bool add_step(Making& m, std::size_t v, std::size_t i, std::size_t first, const std::vector<Contents>& contents,
                  std::vector<Contents>& after, std::vector<ReadingStep::Function>& ending) {
        const PrefixStep& step = p_.steps[v];
        switch (step.kind) {
            case PrefixStep::Kind::symbol:
                m.node.push_back(m.step.symbol);
                m.values.push_back(symbols_);
                return true;
            case PrefixStep::Kind::position:
                return add_constant(m, p_.values.integer(step.first + static_cast<long>(i), budget_));
            case PrefixStep::Kind::constant: return add_constant(m, step.constant);
            case PrefixStep::Kind::map: return add_map(m, step);
            case PrefixStep::Kind::attend: break;
        }
        return add_attention(m, v, i, first, contents, after, ending);
    }

    bool add_constant(Making& m, std::size_t value) {
        m.node.push_back(add_node(m.step, 1));
        m.values.push_back({value});
        return add_function(m.step, m.node.back(), {}, [](const auto&) { return 0U; });
    }

    bool add_map(Making& m, const PrefixStep& step) {
        std::vector<std::size_t> inputs, place;  // each node once: inputs are independent of each other
        for (const std::size_t u : step.of) {
            const auto at = std::find(inputs.begin(), inputs.end(), m.node[u]);
            place.push_back(static_cast<std::size_t>(at - inputs.begin()));
            if (at == inputs.end()) inputs.push_back(m.node[u]);
        }
        Numbering values;
        const std::size_t output = add_node(m.step, 0);
        const bool fits = add_function(m.step, output, inputs, [&](const std::vector<std::size_t>& tuple) {
            for (std::size_t k = 0; k < place.size(); ++k) held_[step.of[k]] = m.values[step.of[k]][tuple[place[k]]];
            const auto value = entry(step);
            return value ? values.number(*value) : ReadingStep::none;
        });
        m.step.sizes[output] = values.of.size();
        m.node.push_back(output);
        m.values.push_back(std::move(values.of));
        return fits;
    }

    /// For each list: whether it has the key, what a query finds in it, and what it becomes. Then the query chooses.
    bool add_attention(Making& m, std::size_t v, std::size_t i, std::size_t first,
                       const std::vector<Contents>& contents, std::vector<Contents>& after,
                       std::vector<ReadingStep::Function>& ending) {
        const PrefixStep& step = p_.steps[v];
        const Lists& lists = lists_[v];
        const bool has_value = step.take != Take::count;
        const auto value_of = [&](const std::vector<std::size_t>& tuple) {
            return has_value ? m.values[step.value][tuple[2]] : 0;
        };
        Numbering values;
        const std::uint32_t none = values.number(nothing(step));
        const std::size_t nothing_node = add_node(m.step, 0);
        if (!add_function(m.step, nothing_node, {}, [&](const auto&) { return none; })) return false;
        std::vector<std::size_t> found{nothing_node};
        for (std::size_t k = 0; k < lists.lists.size(); ++k) {
            const KeyList& list = lists.lists[k];
            const Contents& before = contents[first + k];
            Numbering selects;  // 1, 0 or both
            const std::size_t has = add_node(m.step, 0);
            const auto holds = [&](const std::vector<std::size_t>& tuple) {
                return selects.number(holds_key(list.keys, m.values[step.key][tuple[0]]) ? 1 : 0);
            };
            if (!add_function(m.step, has, {m.node[step.key]}, holds)) return false;
            m.step.sizes[has] = selects.of.size();
            found.push_back(add_node(m.step, 0));
            std::vector<std::size_t> inputs{first + k, has};
            if (has_value) inputs.push_back(m.node[step.value]);
            const auto seen = [&](const std::vector<std::size_t>& tuple) {
                const bool selected = selects.of[tuple[1]] == 1;
                return values.number(seen_in(step, before.of[tuple[0]].data(), i, selected, value_of(tuple)));
            };
            const auto becomes = [&](const std::vector<std::size_t>& tuple) {
                Numbers3 numbers = before.of[tuple[0]];
                if (selects.of[tuple[1]] == 1) add_position(step, numbers.data(), i, value_of(tuple));
                forget(step, list, numbers.data(), i);
                return after[first + k].number(numbers);
            };
            if (!add_function(m.step, found.back(), inputs, seen) || !add_function(m.step, 0, inputs, becomes))
                return false;
            ending.push_back(std::move(m.step.functions.back()));
            m.step.functions.pop_back();
        }
        ReadingStep::Function choice{add_node(m.step, 0), {m.node[step.query]}, {}};
        for (const std::size_t asked : m.values[step.query]) {
            const auto list = lists.of_query.find(asked);
            choice.options.push_back(found[list == lists.of_query.end() ? 0 : list->second + 1]);
        }
        m.node.push_back(choice.output);
        for (const std::size_t node : found) m.step.sizes[node] = values.of.size();
        m.step.sizes[choice.output] = values.of.size();
        m.values.push_back(std::move(values.of));
        m.step.functions.push_back(std::move(choice));
        return true;
    }

    /// False: the weights are too large, or too many.
    bool add_answer(Making& m) {
        if (p_.classes.empty()) {
            m.step.answer = m.node[p_.value];
            for (const std::size_t value : m.values[p_.value]) m.step.texts.push_back(p_.values.spelled(value));
            return true;
        }
        m.step.texts = p_.classes;
        constexpr std::size_t most_scores = 1024;  // of less than 2^50
        if (p_.scores.size() > most_scores) return false;
        for (const Program::Score& score : p_.scores) {
            const std::size_t node = m.node[score.of];
            auto known = std::find_if(m.step.weights.begin(), m.step.weights.end(),
                                      [&](const ReadingStep::Weights& weights) { return weights.node == node; });
            const bool is_new = known == m.step.weights.end();
            if (is_new) {
                const std::vector<long> zeros(p_.classes.size(), 0);
                m.step.weights.push_back({node, std::vector<std::vector<long>>(m.values[score.of].size(), zeros)});
                known = m.step.weights.end() - 1;
            }
            for (std::size_t k = 0; k < m.values[score.of].size(); ++k)
                if (!add_weights(score, m.values[score.of][k], known->of_value[k])) return false;
        }
        return true;
    }

    bool add_weights(const Program::Score& score, std::size_t value, std::vector<long>& to) {
        constexpr long most = 1L << 50;
        const auto weights = score.weights.find(p_.values.spelled(value));
        if (score.times ? !p_.values.is_number(value) : weights == score.weights.end()) to.clear();
        for (std::size_t c = 0; c < to.size(); ++c) {
            Rational x = score.times ? Rational((*score.times)[c] * p_.values.rational(value)) : weights->second[c];
            budget_.arithmetic(digits_of(x) + digits_of(p_.denominator));
            x *= p_.denominator;
            if (x.get_den() != 1 || abs(x.get_num()) >= most) return false;
            to[c] += x.get_num().get_si();
        }
        return true;
    }

    // All prefixes.

    void count_states(const State& start) {
        bytes_ = 0;
        Layer first;
        add(first, packed(start), 1);
        go_on(0, std::move(first), most_bytes / 2);
    }

    /// States of prefixes of i symbols, each with the number of its prefixes, all answers so far being right. Where all that
    /// is held passes the limit, those of the next length that are there are gone on from first.
    void go_on(std::size_t i, Layer layer, std::uint64_t limit) {
        if (i == n_) return let_go(layer);
        Layer next;
        while (!layer.empty()) {
            const auto node = layer.extract(layer.begin());
            bytes_ -= node.key().capacity() + bytes_of_entry;
            const State before = unpacked(node.key());
            ++found_.states;
            for (std::size_t a = 0; a < symbols_.size(); ++a) read(i, before, node.mapped(), a, next);
            are_too_many_ = may_be_too_many_ && next.size() > many_states_;
            if (are_too_many_) return;
            if (layer.empty() || bytes_ < limit || next.size() < few_states) continue;
            go_on(i + 1, std::move(next), limit + (most_bytes - limit) / 2);
            if (are_too_many_) return;
            next = {};
        }
        go_on(i + 1, std::move(next), limit);
    }

    void let_go(const Layer& layer) {
        for (const auto& [state, number] : layer) bytes_ -= state.capacity() + bytes_of_entry;
    }

    void read(std::size_t i, const State& before, std::uint64_t number, std::size_t a, Layer& next) {
        budget_.step(fields_ / 2 + before.seen.size() + 50);
        State after = before;
        const std::string& wanted = wants_.read(after.seen, a);
        wants_.forget(after.seen, n_ - i - 1);
        advance(after.fields, begin_ + i, symbols_[a]);
        if (answer_of(p_, held_, begin_ + i, budget_) == wanted) add(next, packed(after), number);
        else
            found_.wrong +=
                mpz_class(static_cast<unsigned long>(number)) * static_cast<unsigned long>(going_on_[i + 1]);
    }

    Program& p_;
    const Task& task_;
    TaskPrefix wants_;
    std::size_t n_, begin_;
    Budget& budget_;
    std::size_t many_states_;
    std::vector<std::uint64_t> going_on_;  ///< words that begin with so many given symbols
    Values symbols_;
    std::vector<std::vector<std::set<std::size_t>>> may_;  ///< [step][position]
    std::vector<Lists> lists_;                             ///< [step]
    std::size_t fields_ = 0;
    Values held_;  ///< [step], at the position that is read
    std::unordered_map<const PrefixStep*, std::size_t> first_;
    std::unordered_map<std::uint64_t, std::size_t> sums_;
    bool may_be_too_many_ = true, are_too_many_ = false;
    std::size_t entries_ = 0;              ///< of tables for regions
    std::uint64_t bytes_ = 0, drawn_ = 0;  ///< of states: that are held; that the budget gave
    PrefixCount found_;
};

}  // namespace

PrefixCount count_by_prefixes(Program& program, const Task& task, std::size_t length, Budget& budget,
                              std::size_t many_states) {
    return PrefixWalk(program, task, length, budget, many_states).count();
}

}  // namespace attest::checker
