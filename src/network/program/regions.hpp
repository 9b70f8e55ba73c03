#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "network/program/number_set.hpp"
#include "network/program/prefixes.hpp"

namespace attest::network {

/// Sets of states of a program that looks only back. What a row of a variable says of a prefix is one of finitely many
/// cells; a region has for each row a set of them, and is of the states whose cells are all in their sets. A state is
/// widened to a region as far as a certain thing stays true of all its states.
class PrefixRegions {
  public:
    using State = ProgramPrefixes::State;
    using Region = std::vector<NumberSet>;     ///< [row]
    using Cells = std::vector<std::uint32_t>;  ///< [row]

    /// Nothing where there are too many cells, or weights are too large, or a variable has no value at the begin symbol.
    ///
    /// Needs   the prefixes outlive this
    static std::optional<PrefixRegions> make(ProgramPrefixes& prefixes);

    std::size_t rows() const { return rows_.size(); }
    /// How many cells a row has.
    std::size_t cells(std::size_t row) const { return rows_[row].cells.size(); }
    Cells cells_of(const State& state) const;
    /// A region that has every state of prefixes of i symbols.
    const Region& everything(std::size_t i) const { return reached_[prefixes_->begin_ + i]; }

    /// Takes states away from a region, but not `before`, until with each that is left all steps have values when the symbol
    /// is read, the answer is `wanted` as it is from `before`, or is not as it is not, and what the symbol leads to is in
    /// `after`.
    ///
    /// before  a state of i symbols, in the region
    /// after   a region of states of i + 1 symbols, with what `before` leads to; null: any
    /// Exact   yes
    void narrow(Region& region, const State& before, std::size_t i, language::Symbol symbol, const std::string& wanted,
                const Region* after);

  private:
    using Numbers = std::vector<std::uint32_t>;
    using Step = ProgramAtLength::Step;
    using Fields = std::tuple<char32_t, char32_t, char32_t>;

    struct Row {
        const ProgramPrefixes::Attending* of = nullptr;
        const ProgramPrefixes::Row* row = nullptr;
        std::vector<Fields> cells;
        std::map<Fields, std::uint32_t> numbers;
        std::size_t inputs = 1;  ///< 0: the position is not selected; 1 + the number of the value, of `count` 1
    };
    /// What a variable adds to the classes.
    struct Weights {
        std::size_t variable = 0;
        std::vector<std::int64_t> of_value;  ///< [value][class]
        std::vector<char> has;
    };
    /// That the first class is before the second, by so much more than it must.
    struct Lead {
        std::size_t first = 0, second = 0;
        std::int64_t slack = 0;
    };

    explicit PrefixRegions(ProgramPrefixes& prefixes) : prefixes_(&prefixes), at_(&prefixes.at_) {}
    bool number_weights();
    bool number_cells();
    bool add_position(std::size_t position);
    std::uint32_t number(Row& row, const Fields& fields);
    std::uint32_t read(const Row& row, std::uint32_t cell, bool selected, std::size_t value) const;
    std::uint32_t next(std::size_t row, std::uint32_t cell, bool selected, std::size_t value) const;

    void look_forward(const Region& region);
    void may_map(const Step& step, std::size_t variable);
    void may_attend(const ProgramPrefixes::Attending& a, const Region& region);
    template <typename Predicate>
    bool all_reads(const ProgramPrefixes::Attending& a, std::size_t row, const NumberSet& cells, const NumberSet& keys,
                   const NumberSet& values, const Predicate& predicate) const;
    bool is_bound(std::size_t variable) const;

    void bind_answer(const std::string& wanted, std::uint32_t answer);
    void bind_classes(std::vector<Lead> leads);
    void bind_map(const Step& step, std::size_t variable);
    void bind_row(std::size_t row, Region& region, std::uint32_t cell, const Region* after);
    void bind_query(const ProgramPrefixes::Attending& a, const Region& region);

    ProgramPrefixes* prefixes_;
    ProgramAtLength* at_;
    std::vector<Row> rows_;
    std::vector<std::size_t> first_row_;      ///< by attending variable, in their order
    std::vector<Region> reached_;             ///< by position: before it is read
    std::vector<std::vector<Numbers>> next_;  ///< [position][row]: by cell and input
    std::vector<Weights> weights_;

    // Of the position that is looked at.
    std::size_t position_ = 0;
    std::vector<NumberSet> may_;    ///< [variable]: what it may be at states of the region
    std::vector<NumberSet> bound_;  ///< [variable]: what of this is allowed
    std::vector<char> lacks_;       ///< [variable]: whether it may have no value
};

}  // namespace attest::network
