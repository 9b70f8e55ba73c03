#include "network/program/at_length.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"
#include "base/text.hpp"

// What a variable may be is found step by step from what those before it may be, at any position: a superset is enough,
// since a number that never occurs is never looked up. Sums are kept as integers over one denominator; a table says which
// value each sum of so many terms is.

namespace attest::network {

namespace {

using Value = Program::Value;

constexpr std::size_t most_entries = std::size_t{1} << 22;

[[noreturn]] void refuse(const Program& program, const std::string& what) {
    throw base::Unsupported(fmt::format("{}: {}", base::printable(program.name), what));
}

std::uint32_t number_of(const Value& value, std::vector<Value>& values) {
    const auto found = std::find(values.begin(), values.end(), value);
    if (found != values.end()) return static_cast<std::uint32_t>(found - values.begin());
    values.push_back(value);
    return static_cast<std::uint32_t>(values.size() - 1);
}

/// Numbers of values that are met, in the order in which they are.
class Numbering {
  public:
    std::uint32_t operator()(const Value& value) {
        const auto [at, is_new] = numbers_.emplace(value, static_cast<std::uint32_t>(values_.size()));
        if (is_new) values_.push_back(value);
        return at->second;
    }
    std::vector<Value> values() && { return std::move(values_); }

  private:
    std::map<Value, std::uint32_t> numbers_;
    std::vector<Value> values_;
};

/// The product, or too much.
std::size_t product(std::size_t a, std::size_t b) { return b != 0 && a > most_entries / b ? most_entries + 1 : a * b; }

/// The number as a multiple of 1/denominator, if that is small.
std::optional<std::int64_t> scaled(const exact::Rational& x, const mpz_class& denominator, const mpz_class& most) {
    const exact::Rational product = x * denominator;
    if (product.get_den() != 1 || abs(product.get_num()) > most) return std::nullopt;
    return product.get_num().get_si();
}

mpz_class common_denominator(const std::vector<const exact::Vector*>& rows) {
    mpz_class common = 1;
    for (const exact::Vector* row : rows)
        for (const exact::Rational& x : *row) common = lcm(common, x.get_den());
    return common;
}

}  // namespace

ProgramAtLength::ProgramAtLength(const Program& program, std::int64_t length)
    : program_(program),
      n_(static_cast<std::size_t>(program.sequence_length(length))),
      read_(program.read_positions(length)) {
    for (const Program::Variable& variable : program.variables) {
        steps_.push_back(std::visit([&](const auto& step) { return numbered(step); }, variable.step));
        if (steps_.back().table.size() > most_entries || steps_.back().selects.size() > most_entries)
            refuse(program, fmt::format("\"{}\" may be too many values", base::printable(variable.name)));
    }
    number_scores();
    number_answers();
    if (product(steps_.size(), n_) > most_entries) refuse(program, "too many variables at too many positions");
    held_.resize(steps_.size() * n_);
    sequence_.resize(n_);
    found_.resize(read_.size());
}

ProgramAtLength::Step ProgramAtLength::numbered(const Program::Symbol&) {
    Step to;
    to.kind = Step::Kind::symbol;
    Numbering number;
    for (const std::string& symbol : program_.alphabet.symbols()) to.table.push_back(number(symbol));
    to.table.push_back(program_.begin ? number(*program_.begin) : no_value);
    to.table.push_back(program_.end ? number(*program_.end) : no_value);
    to.values = std::move(number).values();
    return to;
}

ProgramAtLength::Step ProgramAtLength::numbered(const Program::Position& step) const {
    Step to;
    for (std::size_t i = 0; i < n_; ++i) {
        to.table.push_back(static_cast<std::uint32_t>(i));
        to.values.emplace_back(exact::Rational(step.first + static_cast<std::int64_t>(i)));
    }
    return to;
}

ProgramAtLength::Step ProgramAtLength::numbered(const Program::Constant& step) const {
    Step to;
    to.table.assign(n_, 0);
    to.values.push_back(step.value);
    return to;
}

ProgramAtLength::Step ProgramAtLength::numbered(const Program::Map& step) const {
    Step to;
    to.kind = Step::Kind::map;
    std::size_t size = 1;
    for (std::size_t k = step.of.size(); k-- > 0;) {
        to.of.insert(to.of.begin(), {step.of[k], size});
        size = product(size, steps_[step.of[k]].values.size());
    }
    if (size > most_entries) refuse(program_, "a map is of too many values");
    Numbering number;
    std::vector<Value> key;
    for (std::size_t entry = 0; entry < size; ++entry) {
        key.clear();
        for (const auto& [v, stride] : to.of) key.push_back(steps_[v].values[entry / stride % steps_[v].values.size()]);
        const auto found = step.table.find(key);
        if (found != step.table.end()) to.table.push_back(number(found->second));
        else to.table.push_back(step.otherwise ? number(*step.otherwise) : no_value);
    }
    to.values = std::move(number).values();
    return to;
}

ProgramAtLength::Step ProgramAtLength::numbered(const Program::Attend& step) const {
    Step to;
    to.query = step.query;
    to.key = step.key;
    to.value = step.value;
    to.mask = step.mask;
    to.take = step.take;
    const std::vector<Value>&queries = steps_[step.query].values, &keys = steps_[step.key].values;
    to.keys = keys.size();
    if (product(queries.size(), keys.size()) > most_entries) refuse(program_, "a selection is among too many values");
    for (const Value& query : queries)
        for (const Value& key : keys) to.selects.push_back(static_cast<char>(step.pairs.contains({query, key})));
    const bool sums =
        step.take == Program::Take::sum || step.take == Program::Take::mean || step.take == Program::Take::count;
    to.kind = sums ? Step::Kind::sum : Step::Kind::take;
    if (sums) list_sums(step, to);
    else list_taken(step, to);
    return to;
}

void ProgramAtLength::list_taken(const Program::Attend& step, Step& to) const {
    to.values = steps_[step.value].values;
    to.none_is_first = !step.none;
    if (step.none) to.none = number_of(*step.none, to.values);
}

void ProgramAtLength::list_sums(const Program::Attend& step, Step& to) const {
    const bool counts = step.take == Program::Take::count;
    std::set<std::int64_t> terms = {1};
    mpz_class denominator = 1;
    if (!counts) {
        terms.clear();
        exact::Vector numbers;
        for (const Value& value : steps_[step.value].values) {
            if (const auto* number = std::get_if<exact::Rational>(&value)) numbers.push_back(*number);
        }
        denominator = common_denominator({&numbers});
        for (const Value& value : steps_[step.value].values) {
            const auto* number = std::get_if<exact::Rational>(&value);
            const auto term = number == nullptr ? std::optional<std::int64_t>(INT64_MAX)
                                                : scaled(*number, denominator, mpz_class(most_entries));
            if (!term) refuse(program_, "a sum is of numbers that are too large");
            to.terms.push_back(*term);
            if (*term != INT64_MAX) terms.insert(*term);
        }
    }
    if (terms.empty()) terms.insert(0);
    const auto n = static_cast<std::int64_t>(n_);
    to.least = std::min<std::int64_t>(0, *terms.begin()) * n;
    const std::int64_t greatest = std::max<std::int64_t>(0, *terms.rbegin()) * n;
    to.width = static_cast<std::size_t>(greatest - to.least + 1);
    const std::size_t entries = product(to.width, n_ + 1);
    if (entries > most_entries || entries > 16 * most_entries / terms.size())
        refuse(program_, "a sum may be too many values");
    Numbering number;
    to.table.assign(to.width * (n_ + 1), no_value);
    std::set<std::int64_t> reached = {0};
    for (std::size_t count = 1; count <= n_; ++count) {
        std::set<std::int64_t> next;
        for (const std::int64_t sum : reached)
            for (const std::int64_t term : terms) next.insert(sum + term);
        reached = std::move(next);
        for (const std::int64_t sum : reached) {
            exact::Rational value(mpz_class(static_cast<long>(sum)), denominator);
            value.canonicalize();
            if (step.take == Program::Take::mean) value /= static_cast<unsigned long>(count);
            to.table[count * to.width + static_cast<std::size_t>(sum - to.least)] = number(value);
        }
    }
    if (step.none) to.none = number(*step.none);
    to.none_is_first = !step.none;
    if (!step.none)
        for (const Value& value : steps_[step.value].values) to.first.push_back(number(value));
    to.values = std::move(number).values();
}

void ProgramAtLength::number_scores() {
    std::vector<const exact::Vector*> rows;
    for (const Program::Score& score : program_.output.scores) {
        if (score.times) rows.push_back(&*score.times);
        for (const auto& [text, row] : score.weights) rows.push_back(&row);
    }
    mpz_class denominator = common_denominator(rows);
    for (const Program::Score& score : program_.output.scores) {
        Scores& to = scores_.emplace_back();
        to.of = score.of;
        for (const Value& value : steps_[score.of].values) {
            const auto found = score.weights.find(text_of(value));
            const auto* number = std::get_if<exact::Rational>(&value);
            const bool has_row = score.times ? number != nullptr : found != score.weights.end();
            to.has_row.push_back(static_cast<char>(has_row));
            for (std::size_t c = 0; c < program_.output.classes.size(); ++c)
                to.exact.push_back(!has_row      ? exact::Rational(0)
                                   : score.times ? exact::Rational(*number * (*score.times)[c])
                                                 : found->second[c]);
            if (to.exact.size() > most_entries) refuse(program_, "too many weights");
        }
        denominator = lcm(denominator, common_denominator({&to.exact}));
    }
    const mpz_class most = (mpz_class(1) << 62) / mpz_class(static_cast<unsigned long>(scores_.size() + 1));
    for (Scores& to : scores_)
        for (const exact::Rational& x : to.exact) {
            const auto number = scaled(x, denominator, most);
            small_ = small_ && number;
            to.rows.push_back(number.value_or(0));
        }
}

void ProgramAtLength::number_answers() {
    const Program::Output& output = program_.output;
    texts_ = output.classes;
    if (texts_.empty())
        for (const Value& value : steps_[output.value].values) texts_.push_back(text_of(value));
    for (const std::string& text : texts_)
        accepting_.push_back(std::find(output.accept.begin(), output.accept.end(), text) != output.accept.end());
}

std::uint32_t ProgramAtLength::attend(const Step& step, std::size_t i) const {
    const char* selects = &step.selects[held_[step.query * n_ + i] * step.keys];
    const std::uint32_t* keys = &held_[step.key * n_];
    const Span span = seen(step.mask, static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(n_));
    std::size_t count = 0, left = n_, right = n_, before = n_, after = n_;  // n: none
    std::int64_t sum = 0;
    const bool adds = step.kind == Step::Kind::sum && !step.terms.empty();
    for (auto j = static_cast<std::size_t>(span.first - 1);
         j < static_cast<std::size_t>(std::max<std::int64_t>(span.last, span.first - 1)); ++j) {
        if (selects[keys[j]] == 0) continue;
        if (count++ == 0) left = j;
        right = j;
        if (j < i) before = j;
        else if (j > i && after == n_) after = j;
        if (!adds) continue;
        const std::int64_t term = step.terms[held_[step.value * n_ + j]];
        if (term == INT64_MAX) return no_value;
        sum += term;
    }
    if (count == 0) {
        const std::uint32_t first = held_[step.value * n_];
        return !step.none_is_first ? step.none : step.first.empty() ? first : step.first[first];
    }
    if (step.kind == Step::Kind::sum)
        return step.table[count * step.width +
                          static_cast<std::size_t>((step.terms.empty() ? static_cast<std::int64_t>(count) : sum) -
                                                   step.least)];
    if (step.take == Program::Take::only && count > 1) return no_value;
    std::size_t j = left;
    if (step.take == Program::Take::right) j = right;
    if (step.take == Program::Take::nearest) {
        // Of equal distances the leftmost: before, then the own position, then after.
        std::size_t distance = n_ + 1;
        const auto consider = [&](std::size_t at, std::size_t from) {
            if (from < distance) {
                distance = from;
                j = at;
            }
        };
        if (before != n_) consider(before, i - before);
        const bool own =
            selects[keys[i]] != 0 && allows(step.mask, static_cast<std::int64_t>(i), static_cast<std::int64_t>(i));
        if (own) consider(i, count);
        if (after != n_) consider(after, after - i);
    }
    return held_[step.value * n_ + j];
}

bool ProgramAtLength::run(const Step& step, std::uint32_t* to) const {
    for (std::size_t i = 0; i < n_; ++i) {
        switch (step.kind) {
            case Step::Kind::given: to[i] = step.table[i]; break;
            case Step::Kind::symbol: to[i] = step.table[sequence_[i]]; break;
            case Step::Kind::map: {
                std::size_t entry = 0;
                for (const auto& [v, stride] : step.of) entry += held_[v * n_ + i] * stride;
                to[i] = step.table[entry];
                break;
            }
            case Step::Kind::take:
            case Step::Kind::sum: to[i] = attend(step, i); break;
        }
        if (to[i] == no_value) return false;
    }
    return true;
}

template <typename Number>
bool ProgramAtLength::best_class(std::size_t i, std::uint32_t& found) const {
    const std::size_t classes = program_.output.classes.size();
    std::vector<Number> sum(classes);
    for (const Scores& score : scores_) {
        const std::size_t value = held_[score.of * n_ + i];
        if (score.has_row[value] == 0) return false;
        for (std::size_t c = 0; c < classes; ++c) {
            if constexpr (std::is_same_v<Number, std::int64_t>) sum[c] += score.rows[value * classes + c];
            else sum[c] += score.exact[value * classes + c];
        }
    }
    found = static_cast<std::uint32_t>(std::max_element(sum.begin(), sum.end()) - sum.begin());
    return true;
}

bool ProgramAtLength::answer(std::size_t i, std::uint32_t& found) const {
    if (program_.output.classes.empty()) {
        found = held_[program_.output.value * n_ + i];
        return true;
    }
    return small_ ? best_class<std::int64_t>(i, found) : best_class<exact::Rational>(i, found);
}

bool ProgramAtLength::run(const language::Word& word) {
    const auto symbols = static_cast<std::uint32_t>(program_.alphabet.size());
    std::size_t i = 0;
    if (program_.begin) sequence_[i++] = symbols;
    for (const language::Symbol a : word) sequence_[i++] = a;
    if (program_.end) sequence_[i] = symbols + 1;
    for (std::size_t v = 0; v < steps_.size(); ++v)
        if (!run(steps_[v], &held_[v * n_])) return false;
    for (std::size_t k = 0; k < read_.size(); ++k)
        if (!answer(read_[k], found_[k])) return false;
    return true;
}

}  // namespace attest::network
