#include "network/program/regions.hpp"

#include <algorithm>

// A position is read by steps each of which is a function of few things: cells, and values of variables before it. Forward, over
// the region, it is found what each may be; then backward, from what is wanted of the answer and of the cells after it, each
// function is given sets of arguments around those that it has, grown one after the other as long as all that comes of them is
// allowed. What the arguments may be is bound by that, and so on, down to the cells before.

namespace attest::network {

namespace {

constexpr std::size_t most_cell_entries = std::size_t{1} << 22;  ///< of all tables of cells
constexpr std::size_t most_cells = 4096;                         ///< of a row

NumberSet only(std::size_t bound, std::size_t number) {
    NumberSet set(bound);
    set.add(number);
    return set;
}

}  // namespace

std::optional<PrefixRegions> PrefixRegions::make(ProgramPrefixes& prefixes) {
    PrefixRegions regions(prefixes);
    if (!regions.number_weights() || !regions.number_cells()) return std::nullopt;
    return regions;
}

/// What a variable that is scored more than once adds in all.
bool PrefixRegions::number_weights() {
    constexpr std::int64_t most = std::int64_t{1} << 58;
    if (!at_->small_) return false;
    const std::size_t classes = at_->program_.output.classes.size();
    for (const ProgramAtLength::Scores& scores : at_->scores_) {
        auto known = std::find_if(weights_.begin(), weights_.end(),
                                  [&](const Weights& weights) { return weights.variable == scores.of; });
        if (known == weights_.end()) {
            weights_.push_back({scores.of, std::vector<std::int64_t>(scores.rows.size(), 0),
                                std::vector<char>(scores.has_row.size(), 1)});
            known = weights_.end() - 1;
        }
        for (std::size_t k = 0; k < scores.rows.size(); ++k) {
            if (std::abs(scores.rows[k]) > most / static_cast<std::int64_t>(at_->scores_.size() + 1)) return false;
            known->of_value[k] += scores.rows[k];
            if (scores.has_row[k / classes] == 0) known->has[k / classes] = 0;
        }
    }
    return true;
}

std::uint32_t PrefixRegions::number(Row& row, const Fields& fields) {
    const auto [at, is_new] = row.numbers.emplace(fields, static_cast<std::uint32_t>(row.cells.size()));
    if (is_new) row.cells.push_back(fields);
    return at->second;
}

/// All cells that there may be, and what each becomes.
bool PrefixRegions::number_cells() {
    const auto start = prefixes_->start();
    if (!start) return false;
    for (const ProgramPrefixes::Attending& a : prefixes_->attending_) {
        first_row_.push_back(rows_.size());
        const Step& step = at_->steps_[a.variable];
        const bool has_values = step.take != Program::Take::count;
        for (const ProgramPrefixes::Row& row : a.rows) {
            rows_.push_back({&a, &row, {}, {}, 1 + (has_values ? at_->steps_[step.value].values.size() : 1)});
            const char32_t* fields = &(*start)[row.at];
            number(rows_.back(), {fields[0], fields[1], fields[2]});
        }
    }
    reached_.assign(prefixes_->begin_, Region(rows_.size(), NumberSet(0)));
    reached_.emplace_back(rows_.size(), only(most_cells, 0));
    std::size_t entries = 0;
    for (std::size_t p = prefixes_->begin_; p < at_->n_; ++p) {
        if (!add_position(p)) return false;
        for (const Numbers& numbers : next_.back()) entries += numbers.size();
        if (entries > most_cell_entries) return false;
    }
    for (Region& region : reached_) {  // sets that are as long as they need be
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            NumberSet cells(rows_[row].cells.size());
            region[row].each([&](std::size_t cell) { cells.add(cell); });
            region[row] = std::move(cells);
        }
    }
    return true;
}

bool PrefixRegions::add_position(std::size_t position) {
    Region after;
    next_.resize(position);
    next_.emplace_back();
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        Row& row = rows_[r];
        const Step& step = at_->steps_[row.of->variable];
        const auto &keys = prefixes_->possible_[step.key][position],
                   &values = prefixes_->possible_[step.value][position];
        bool may_be_selected = false, may_be_passed = false;
        for (std::size_t k = 0; k < keys.size(); ++k)
            if (keys[k] != 0) (row.row->selects[k] != 0 ? may_be_selected : may_be_passed) = true;
        const std::size_t before = row.cells.size();
        Numbers becomes(before * row.inputs, UINT32_MAX);
        NumberSet reached(most_cells);
        for (std::size_t cell = 0; cell < before; ++cell) {
            if (!reached_[position][r].has(cell)) continue;
            for (std::size_t input = 0; input < row.inputs; ++input) {
                const bool can = input == 0
                                     ? may_be_passed
                                     : may_be_selected && (step.take == Program::Take::count || values[input - 1] != 0);
                if (!can) continue;
                char32_t fields[] = {std::get<0>(row.cells[cell]), std::get<1>(row.cells[cell]),
                                     std::get<2>(row.cells[cell])};
                if (input > 0) ProgramPrefixes::note(step, fields, position, static_cast<std::uint32_t>(input - 1));
                ProgramPrefixes::forget(step, *row.row, fields, position);
                const std::uint32_t now = number(row, {fields[0], fields[1], fields[2]});
                if (now >= most_cells) return false;
                becomes[cell * row.inputs + input] = now;
                reached.add(now);
            }
        }
        next_.back().push_back(std::move(becomes));
        after.push_back(std::move(reached));
    }
    reached_.push_back(std::move(after));
    return true;
}

PrefixRegions::Cells PrefixRegions::cells_of(const State& state) const {
    Cells cells;
    for (const Row& row : rows_) {
        const char32_t* fields = &state[row.row->at];
        cells.push_back(row.numbers.at({fields[0], fields[1], fields[2]}));
    }
    return cells;
}

/// The number of the value that the row's queries read at the position.
std::uint32_t PrefixRegions::read(const Row& row, std::uint32_t cell, bool selected, std::size_t value) const {
    const auto& [position, content, count] = row.cells[cell];
    const char32_t fields[] = {position, content, count};
    return prefixes_->attend(*row.of, fields, position_, selected, static_cast<std::uint32_t>(value));
}

std::uint32_t PrefixRegions::next(std::size_t row, std::uint32_t cell, bool selected, std::size_t value) const {
    const std::size_t inputs = rows_[row].inputs, input = !selected ? 0 : inputs == 2 ? 1 : value + 1;
    return next_[position_][row][cell * inputs + input];
}

// Forward.

void PrefixRegions::look_forward(const Region& region) {
    using Kind = Step::Kind;
    may_.clear();
    lacks_.assign(at_->steps_.size(), 0);
    auto attending = prefixes_->attending_.begin();
    for (std::size_t v = 0; v < at_->steps_.size(); ++v) {
        const Step& step = at_->steps_[v];
        may_.emplace_back(step.values.size());
        switch (step.kind) {
            case Kind::given: may_[v].add(step.table[position_]); break;
            case Kind::symbol: may_[v].add(step.table[at_->sequence_[position_]]); break;
            case Kind::map: may_map(step, v); break;
            case Kind::take:
            case Kind::sum: may_attend(*attending++, region); break;
        }
    }
    bound_ = may_;
}

void PrefixRegions::may_map(const Step& step, std::size_t variable) {
    std::vector<std::size_t> entries = {0};
    for (const auto& [of, stride] : step.of) {
        std::vector<std::size_t> longer;
        for (const std::size_t entry : entries)
            may_[of].each([&, by = stride](std::size_t number) { longer.push_back(entry + number * by); });
        entries = std::move(longer);
    }
    for (const std::size_t entry : entries) {
        if (step.table[entry] == ProgramAtLength::no_value) lacks_[variable] = 1;
        else may_[variable].add(step.table[entry]);
    }
}

/// Whether a predicate holds of all that queries of a row may read, as cells, keys and values are.
template <typename Predicate>
bool PrefixRegions::all_reads(const ProgramPrefixes::Attending& a, std::size_t row, const NumberSet& cells,
                              const NumberSet& keys, const NumberSet& values, const Predicate& predicate) const {
    const Row& of = rows_[row];
    const bool sees_itself = at_->steps_[a.variable].mask == Mask::causal;
    bool may_be_selected = false, may_be_passed = false;
    keys.each(
        [&](std::size_t k) { (sees_itself && of.row->selects[k] != 0 ? may_be_selected : may_be_passed) = true; });
    return cells.all([&](std::size_t cell) {
        const auto number = static_cast<std::uint32_t>(cell);
        if (may_be_passed && !predicate(read(of, number, false, 0))) return false;
        return !may_be_selected ||
               values.all([&](std::size_t value) { return predicate(read(of, number, true, value)); });
    });
}

void PrefixRegions::may_attend(const ProgramPrefixes::Attending& a, const Region& region) {
    const Step& step = at_->steps_[a.variable];
    const auto add = [&](std::uint32_t number) {
        if (number == ProgramAtLength::no_value) lacks_[a.variable] = 1;
        else may_[a.variable].add(number);
        return true;
    };
    const std::size_t first = first_row_[static_cast<std::size_t>(&a - prefixes_->attending_.data())];
    std::vector<char> asked(a.rows.size(), 0);
    may_[step.query].each([&](std::size_t query) {
        const std::uint32_t row = a.row_of_query[query];
        if (row == ProgramPrefixes::no_row) add(prefixes_->nothing(step));
        else asked[row] = 1;
    });
    for (std::size_t row = 0; row < asked.size(); ++row)
        if (asked[row] != 0) all_reads(a, first + row, region[first + row], may_[step.key], may_[step.value], add);
}

/// Whether not all that the variable may be is allowed.
bool PrefixRegions::is_bound(std::size_t variable) const {
    return lacks_[variable] != 0 || bound_[variable] != may_[variable];
}

// Backward.

void PrefixRegions::narrow(Region& region, const State& before, std::size_t i, language::Symbol symbol,
                           const std::string& wanted, const Region* after) {
    State passed;
    std::uint32_t answer = 0;
    (void)prefixes_->read(before, i, symbol, passed, answer);  // what the variables are
    position_ = prefixes_->begin_ + i;
    look_forward(region);
    bind_answer(wanted, answer);
    const Cells cells = cells_of(before);
    auto attending = prefixes_->attending_.rbegin();
    for (std::size_t v = at_->steps_.size(); v-- > 0;) {
        const Step& step = at_->steps_[v];
        if (step.kind == Step::Kind::map) {
            if (is_bound(v)) bind_map(step, v);
        } else if (step.kind == Step::Kind::take || step.kind == Step::Kind::sum) {
            const ProgramPrefixes::Attending& a = *attending++;
            const std::size_t first = first_row_[static_cast<std::size_t>(&a - prefixes_->attending_.data())];
            for (std::size_t row = first; row < first + a.rows.size(); ++row) bind_row(row, region, cells[row], after);
            if (is_bound(v)) bind_query(a, region);
        }
    }
}

void PrefixRegions::bind_answer(const std::string& wanted, std::uint32_t answer) {
    const std::vector<std::string>& texts = at_->texts_;
    const bool is_right = texts[answer] == wanted;
    const Program::Output& output = at_->program_.output;
    if (output.classes.empty()) {
        NumberSet allowed(texts.size());
        for (std::size_t number = 0; number < texts.size(); ++number)
            if ((texts[number] == wanted) == is_right) allowed.add(number);
        bound_[output.value].keep(allowed);
        return;
    }
    // The class that is answered stays before all others; a wrong one before those that are wanted.
    std::vector<Lead> leads;
    for (std::size_t c = 0; c < texts.size(); ++c)
        if (c != answer && (is_right || texts[c] == wanted)) leads.push_back({answer, c, answer < c ? 0 : -1});
    bind_classes(std::move(leads));
}

/// What leads are more than they must be is shared out among the variables: to those first that need least to be anything.
void PrefixRegions::bind_classes(std::vector<Lead> leads) {
    const std::size_t classes = at_->program_.output.classes.size();
    const auto held = [&](const Weights& of) { return at_->held_[of.variable * at_->n_ + position_]; };
    const auto ahead = [&](const Weights& of, std::size_t value, const Lead& lead) {
        return of.of_value[value * classes + lead.first] - of.of_value[value * classes + lead.second];
    };
    for (const Weights& of : weights_)
        for (Lead& lead : leads) lead.slack += ahead(of, held(of), lead);
    struct Loss {
        std::int64_t most = 0;
        const Weights* of = nullptr;
        std::vector<std::pair<std::int64_t, std::size_t>> values = {};  ///< what another value takes, and which
    };
    std::vector<Loss> losses;
    for (const Weights& of : weights_) {
        Loss& loss = losses.emplace_back(Loss{0, &of});
        bound_[of.variable].each([&](std::size_t value) {
            if (of.has[value] == 0 || value == held(of)) return;
            std::int64_t takes = INT64_MIN;
            for (const Lead& lead : leads) takes = std::max(takes, ahead(of, held(of), lead) - ahead(of, value, lead));
            loss.values.emplace_back(takes, value);
            loss.most = std::max(loss.most, takes);
        });
        std::sort(loss.values.begin(), loss.values.end());
    }
    std::stable_sort(losses.begin(), losses.end(), [](const Loss& a, const Loss& b) { return a.most < b.most; });
    for (const Loss& loss : losses) {
        const Weights& of = *loss.of;
        NumberSet allowed = only(at_->steps_[of.variable].values.size(), held(of));
        std::vector<std::int64_t> taken(leads.size(), 0);
        for (const auto& entry : loss.values) {
            std::vector<std::int64_t> with = taken;
            bool fits = true;
            for (std::size_t k = 0; k < leads.size(); ++k) {
                with[k] = std::max(with[k], ahead(of, held(of), leads[k]) - ahead(of, entry.second, leads[k]));
                fits = fits && with[k] <= leads[k].slack;
            }
            if (!fits) continue;
            taken = std::move(with);
            allowed.add(entry.second);
        }
        for (std::size_t k = 0; k < leads.size(); ++k) leads[k].slack -= taken[k];
        bound_[of.variable].keep(allowed);
    }
}

void PrefixRegions::bind_map(const Step& step, std::size_t variable) {
    std::vector<NumberSet> grown;
    for (const auto& entry : step.of)
        grown.push_back(only(at_->steps_[entry.first].values.size(), at_->held_[entry.first * at_->n_ + position_]));
    for (std::size_t k = 0; k < grown.size(); ++k) {
        std::vector<std::size_t> others = {0};
        for (std::size_t m = 0; m < grown.size(); ++m) {
            if (m == k) continue;
            std::vector<std::size_t> longer;
            for (const std::size_t entry : others)
                grown[m].each([&](std::size_t number) { longer.push_back(entry + number * step.of[m].second); });
            others = std::move(longer);
        }
        bound_[step.of[k].first].each([&](std::size_t number) {
            const bool fits = std::all_of(others.begin(), others.end(), [&](std::size_t entry) {
                const std::uint32_t found = step.table[entry + number * step.of[k].second];
                return found != ProgramAtLength::no_value && bound_[variable].has(found);
            });
            if (fits) grown[k].add(number);
        });
    }
    for (std::size_t k = 0; k < grown.size(); ++k) bound_[step.of[k].first].keep(grown[k]);
}

/// A row's cell, and key and value of the position, so that what is read is allowed and the row's next cell is in `after`.
void PrefixRegions::bind_row(std::size_t row, Region& region, std::uint32_t cell, const Region* after) {
    const Row& of = rows_[row];
    const std::size_t v = of.of->variable;
    const Step& step = at_->steps_[v];
    const auto held = [&](std::size_t variable) { return at_->held_[variable * at_->n_ + position_]; };
    const std::uint32_t asked = of.of->row_of_query[held(step.query)];
    const bool is_read = is_bound(v) && asked != ProgramPrefixes::no_row && &of.of->rows[asked] == of.row;
    const bool leads_on = after != nullptr && !reached_[position_ + 1][row].is_within((*after)[row]);
    if (!is_read && !leads_on) return;
    const auto fits = [&](std::size_t c, bool selected, std::size_t value) {
        const auto number = static_cast<std::uint32_t>(c);
        if (leads_on) {
            const std::uint32_t now = next(row, number, selected, value);
            if (now == UINT32_MAX || !(*after)[row].has(now)) return false;
        }
        if (!is_read) return true;
        const std::uint32_t found = read(of, number, selected, value);
        return found != ProgramAtLength::no_value && bound_[v].has(found);
    };
    bool selects = of.row->selects[held(step.key)] != 0, passes = !selects;
    NumberSet cells = only(of.cells.size(), cell),
              values = only(at_->steps_[step.value].values.size(), held(step.value));
    region[row].each([&](std::size_t c) {
        if (fits(c, selects, held(step.value))) cells.add(c);
    });
    if (!passes) passes = cells.all([&](std::size_t c) { return fits(c, false, 0); });
    else selects = cells.all([&](std::size_t c) { return fits(c, true, held(step.value)); });
    bound_[step.value].each([&](std::size_t value) {
        if (!selects || cells.all([&](std::size_t c) { return fits(c, true, value); })) values.add(value);
    });
    NumberSet keys(at_->steps_[step.key].values.size());
    bound_[step.key].each([&](std::size_t key) {
        if (of.row->selects[key] != 0 ? selects : passes) keys.add(key);
    });
    region[row].keep(cells);
    bound_[step.key].keep(keys);
    bound_[step.value].keep(values);
}

/// Queries of the row that is asked, and of others that read what is allowed, whatever their cells in the region are.
void PrefixRegions::bind_query(const ProgramPrefixes::Attending& a, const Region& region) {
    const Step& step = at_->steps_[a.variable];
    const std::size_t first = first_row_[static_cast<std::size_t>(&a - prefixes_->attending_.data())];
    const std::uint32_t asked = a.row_of_query[at_->held_[step.query * at_->n_ + position_]];
    const auto allowed = [&](std::uint32_t number) {
        return number != ProgramAtLength::no_value && bound_[a.variable].has(number);
    };
    std::vector<std::optional<bool>> fits(a.rows.size());
    if (asked != ProgramPrefixes::no_row) fits[asked] = true;
    NumberSet queries(at_->steps_[step.query].values.size());
    bound_[step.query].each([&](std::size_t query) {
        const std::uint32_t row = a.row_of_query[query];
        if (row == ProgramPrefixes::no_row) {
            if (allowed(prefixes_->nothing(step))) queries.add(query);
            return;
        }
        if (!fits[row])
            fits[row] = all_reads(a, first + row, region[first + row], bound_[step.key], bound_[step.value], allowed);
        if (*fits[row]) queries.add(query);
    });
    bound_[step.query].keep(queries);
}

}  // namespace attest::network
