#include "network/program/prefixes.hpp"

#include <algorithm>
#include <map>

// A state is a list of fields, three for each row of each variable that attends. Of one position: the position that would be
// taken among those so far, from 1, 0 if none is; the number of its value; how many are selected, which `nearest` asks. Of
// all: 0; the sum, as if it were not negative; how many. What no later position can ask is made 0, so that prefixes that
// differ in nothing else are one.

namespace attest::network {

namespace {

constexpr std::size_t fields_of_row = 3;

bool sees_the_past(Mask mask) { return mask == Mask::causal || mask == Mask::strict; }

}  // namespace

std::optional<ProgramPrefixes> ProgramPrefixes::make(const Program& program, std::int64_t length) {
    if (!looks_back(program)) return std::nullopt;
    ProgramPrefixes prefixes(program, length);
    if (!prefixes.adds_only_numbers()) return std::nullopt;
    return prefixes;
}

bool ProgramPrefixes::adds_only_numbers() const {
    return std::all_of(attending_.begin(), attending_.end(), [&](const Attending& a) {
        const ProgramAtLength::Step& step = at_.steps_[a.variable];
        for (std::size_t number = 0; number < step.terms.size(); ++number)
            for (const auto& values : possible_[step.value])
                if (step.terms[number] == INT64_MAX && values[number] != 0) return false;
        return true;
    });
}

bool ProgramPrefixes::looks_back(const Program& program) {
    // At an end symbol a variable may have no value, which no prefix shows.
    if (!program.output.every || program.end) return false;
    return std::all_of(program.variables.begin(), program.variables.end(), [&](const Program::Variable& variable) {
        const auto* step = std::get_if<Program::Attend>(&variable.step);
        if (step == nullptr) return true;
        return sees_the_past(step->mask) && step->take != Program::Take::only && (step->none || program.begin);
    });
}

ProgramPrefixes::ProgramPrefixes(const Program& program, std::int64_t length)
    : at_(program, length), begin_(program.begin ? 1 : 0) {
    find_possible();
    for (std::size_t v = 0; v < at_.steps_.size(); ++v)
        if (std::holds_alternative<Program::Attend>(program.variables[v].step)) make_rows(v);
}

void ProgramPrefixes::find_possible() {
    const std::size_t last = begin_ + at_.read_.size();
    for (std::size_t v = 0; v < at_.steps_.size(); ++v) {
        possible_.emplace_back(last, std::vector<char>(at_.steps_[v].values.size(), 0));
        for (std::size_t p = 0; p < last; ++p) add_possible(v, p);
    }
}

/// What a variable may be at a position: at least what it can be, by what those before it may be.
void ProgramPrefixes::add_possible(std::size_t variable, std::size_t position) {
    using Kind = ProgramAtLength::Step::Kind;
    const ProgramAtLength::Step& step = at_.steps_[variable];
    std::vector<char>& may = possible_[variable][position];
    const auto add = [&](std::uint32_t number) {
        if (number != ProgramAtLength::no_value) may[number] = 1;
    };
    const std::size_t symbols = at_.program_.alphabet.size();
    if (step.kind == Kind::given) return add(step.table[position]);
    if (step.kind == Kind::symbol) {
        if (position < begin_) return add(step.table[symbols]);
        for (std::size_t a = 0; a < symbols; ++a) add(step.table[a]);
        return;
    }
    if (step.kind == Kind::map) {
        for (std::size_t entry = 0; entry < step.table.size(); ++entry) {
            const bool can = std::all_of(step.of.begin(), step.of.end(), [&](const auto& of) {
                const auto& values = possible_[of.first][position];
                return values[entry / of.second % values.size()] != 0;
            });
            if (can) add(step.table[entry]);
        }
        return;
    }
    if (step.kind == Kind::sum) return may.assign(may.size(), 1);
    if (!step.none_is_first) add(step.none);
    for (std::size_t p = 0; p <= position; ++p)
        for (std::size_t number = 0; number < possible_[step.value][p].size(); ++number)
            if (possible_[step.value][p][number] != 0) may[number] = 1;
}

/// The sets of keys that its queries select, each once.
void ProgramPrefixes::make_rows(std::size_t variable) {
    const ProgramAtLength::Step& step = at_.steps_[variable];
    Attending a;
    a.variable = variable;
    a.first = fields_;
    const std::size_t positions = possible_[variable].size(), queries = at_.steps_[step.query].values.size();
    std::map<std::vector<char>, std::uint32_t> numbers;
    for (std::size_t q = 0; q < queries; ++q) {
        const std::vector<char> selects(step.selects.begin() + static_cast<std::ptrdiff_t>(q * step.keys),
                                        step.selects.begin() + static_cast<std::ptrdiff_t>((q + 1) * step.keys));
        const bool any = std::find(selects.begin(), selects.end(), 1) != selects.end();
        std::optional<std::size_t> last;
        for (std::size_t p = 0; p < positions; ++p)
            if (possible_[step.query][p][q] != 0) last = p;
        if (!any || !last) {
            a.row_of_query.push_back(no_row);
            continue;
        }
        const auto [at, is_new] = numbers.emplace(selects, static_cast<std::uint32_t>(a.rows.size()));
        if (is_new) {
            a.rows.push_back({selects, *last, std::vector<char>(positions, 0), fields_});
            fields_ += fields_of_row;
        }
        Row& row = a.rows[at->second];
        row.last_query = std::max(row.last_query, *last);
        a.row_of_query.push_back(at->second);
    }
    for (Row& row : a.rows)
        for (std::size_t p = positions; p-- > 1;) {
            const auto& keys = possible_[step.key][p];
            bool can = row.more[p] != 0;
            for (std::size_t k = 0; k < keys.size(); ++k) can = can || (keys[k] != 0 && row.selects[k] != 0);
            row.more[p - 1] = static_cast<char>(can);
        }
    if (step.kind == ProgramAtLength::Step::Kind::sum) {
        a.value_of_sum.assign(step.width, ProgramAtLength::no_value);
        for (std::size_t entry = 0; entry < step.table.size(); ++entry)
            if (step.table[entry] != ProgramAtLength::no_value) a.value_of_sum[entry % step.width] = step.table[entry];
    }
    attending_.push_back(std::move(a));
}

std::uint32_t ProgramPrefixes::nothing(const ProgramAtLength::Step& step) const {
    if (!step.none_is_first) return step.none;
    const std::uint32_t first = at_.held_[step.value * at_.n_];
    return step.first.empty() ? first : step.first[first];
}

/// Adds the position, which is selected, with the value that it has there.
void ProgramPrefixes::note(const ProgramAtLength::Step& step, char32_t* fields, std::size_t position,
                           std::uint32_t value) {
    ++fields[2];
    if (step.kind == ProgramAtLength::Step::Kind::sum) {
        if (!step.terms.empty()) fields[1] += static_cast<char32_t>(step.terms[value]);
    } else if (step.take != Program::Take::left || fields[0] == 0) {
        fields[0] = static_cast<char32_t>(position + 1);
        fields[1] = value;
    }
}

/// What is taken of the positions that were noted.
std::uint32_t ProgramPrefixes::taken(const Attending& a, const char32_t* fields) const {
    const ProgramAtLength::Step& step = at_.steps_[a.variable];
    if (fields[2] == 0) return nothing(step);
    if (step.kind == ProgramAtLength::Step::Kind::take) return fields[1];
    const std::size_t sum = static_cast<std::size_t>(
        (step.terms.empty() ? static_cast<std::int64_t>(fields[2])
                            : static_cast<std::int64_t>(static_cast<std::int32_t>(fields[1]))) -
        step.least);
    return step.take == Program::Take::mean ? step.table[fields[2] * step.width + sum] : a.value_of_sum[sum];
}

/// The value at a position, by the fields of its row before it, whether the row selects the position itself, and the value
/// there. `nearest` may take the position itself instead of the one before.
std::uint32_t ProgramPrefixes::attend(const Attending& a, const char32_t* fields, std::size_t position, bool selected,
                                      std::uint32_t value) const {
    const ProgramAtLength::Step& step = at_.steps_[a.variable];
    if (step.mask != Mask::causal) return taken(a, fields);
    if (step.take == Program::Take::nearest && fields[0] != 0 &&
        position + 1 - fields[0] <= fields[2] + (selected ? 1U : 0U))
        return fields[1];
    char32_t with_itself[] = {fields[0], fields[1], fields[2]};
    if (selected) note(step, with_itself, position, value);
    return taken(a, with_itself);
}

/// Makes equal what no later position tells apart.
void ProgramPrefixes::forget(const ProgramAtLength::Step& step, const Row& row, char32_t* fields,
                             std::size_t position) {
    if (row.last_query <= position) {
        fields[0] = fields[1] = fields[2] = 0;
    } else if (step.kind == ProgramAtLength::Step::Kind::take) {
        const auto end = static_cast<char32_t>(row.more.size());
        const bool own = step.take == Program::Take::nearest && row.more[position] != 0;
        if (own && (fields[0] == 0 || fields[2] + fields[0] + 1 < end)) return;
        fields[0] = fields[0] != 0 ? 1 : 0;
        fields[2] = own ? end : fields[0];  // so many that a later position is never nearer than the one before
    } else if (step.take == Program::Take::sum) {
        fields[2] = fields[2] != 0 ? 1 : 0;
    }
}

/// Fills in what the variables are at a position.
bool ProgramPrefixes::advance(const State* before, std::size_t position, State& after) {
    using Kind = ProgramAtLength::Step::Kind;
    if (before != nullptr) after = *before;
    else after.assign(fields_, 0);
    const std::size_t n = at_.n_;
    auto attending = attending_.begin();
    for (std::size_t v = 0; v < at_.steps_.size(); ++v) {
        const ProgramAtLength::Step& step = at_.steps_[v];
        std::uint32_t& held = at_.held_[v * n + position];
        switch (step.kind) {
            case Kind::given: held = step.table[position]; break;
            case Kind::symbol: held = step.table[at_.sequence_[position]]; break;
            case Kind::map: {
                std::size_t entry = 0;
                for (const auto& [u, stride] : step.of) entry += at_.held_[u * n + position] * stride;
                held = step.table[entry];
                break;
            }
            case Kind::take:
            case Kind::sum: {
                const Attending& a = *attending++;
                const std::uint32_t key = at_.held_[step.key * n + position],
                                    value = at_.held_[step.value * n + position],
                                    row = a.row_of_query[at_.held_[step.query * n + position]];
                held = row == no_row
                           ? nothing(step)
                           : attend(a, &after[a.rows[row].at], position, a.rows[row].selects[key] != 0, value);
                for (const Row& each : a.rows) {
                    if (each.selects[key] != 0) note(step, &after[each.at], position, value);
                    forget(step, each, &after[each.at], position);
                }
                break;
            }
        }
        if (held == ProgramAtLength::no_value) return false;
    }
    return true;
}

std::optional<ProgramPrefixes::State> ProgramPrefixes::start() {
    State state(fields_, 0);
    if (begin_ == 0) return state;
    at_.sequence_[0] = static_cast<std::uint32_t>(at_.program_.alphabet.size());
    if (!advance(nullptr, 0, state)) return std::nullopt;
    return state;
}

bool ProgramPrefixes::read(const State& before, std::size_t i, language::Symbol symbol, State& after,
                           std::uint32_t& answer) {
    const std::size_t position = begin_ + i;
    at_.sequence_[position] = symbol;
    return advance(&before, position, after) && at_.answer(position, answer);
}

}  // namespace attest::network
