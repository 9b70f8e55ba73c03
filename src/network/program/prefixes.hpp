#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/program/at_length.hpp"

namespace attest::network {

/// A program that looks only back, read symbol by symbol. What later positions may still ask of a prefix is its state:
/// for each variable that attends, of each set of keys that a later query may select, the one position that counts, or how
/// many there are and their sum. Prefixes of one state have the same answers however they go on.
class ProgramPrefixes {
  public:
    using State = std::u32string;

    /// Nothing unless the program answers at each position of the word and every variable sees only positions up to its own;
    /// a variable that takes the value at the first position where nothing is selected needs a begin symbol there. `only`
    /// and sums of what may be no number are not read.
    /// Throws  as ProgramAtLength
    static std::optional<ProgramPrefixes> make(const Program& program, std::int64_t length);

    /// Of the empty prefix. Nothing: some variable has no value there.
    std::optional<State> start();

    /// Reads the i-th symbol of the word, from 0: the state after it, and the number of the answer at its position.
    /// False: some variable has no value there.
    ///
    /// Exact   yes
    bool read(const State& before, std::size_t i, language::Symbol symbol, State& after, std::uint32_t& answer);

    const std::vector<std::string>& texts() const { return at_.texts(); }

  private:
    friend class PrefixRegions;
    using Numbers = std::vector<std::uint32_t>;

    /// A set of keys that queries of a variable select.
    struct Row {
        std::vector<char> selects;   ///< [key]
        std::size_t last_query = 0;  ///< the last position at which a query may select by it
        std::vector<char> more;      ///< [position]: whether a later one may be selected
        std::size_t at = 0;          ///< where its fields stand in the state
    };
    struct Attending {
        std::size_t variable = 0;
        Numbers row_of_query;  ///< [query]: its row; no row: it selects nothing
        std::vector<Row> rows;
        Numbers value_of_sum;   ///< sum: by sum from the least: the number of the value
        std::size_t first = 0;  ///< of its fields in the state
    };

    static constexpr std::uint32_t no_row = UINT32_MAX;

    ProgramPrefixes(const Program& program, std::int64_t length);
    static bool looks_back(const Program& program);
    bool adds_only_numbers() const;
    void find_possible();
    void add_possible(std::size_t variable, std::size_t position);
    void make_rows(std::size_t variable);
    bool advance(const State* before, std::size_t position, State& after);
    std::uint32_t attend(const Attending& a, const char32_t* fields, std::size_t position, bool selected,
                         std::uint32_t value) const;
    std::uint32_t taken(const Attending& a, const char32_t* fields) const;
    std::uint32_t nothing(const ProgramAtLength::Step& step) const;
    static void note(const ProgramAtLength::Step& step, char32_t* fields, std::size_t position, std::uint32_t value);
    static void forget(const ProgramAtLength::Step& step, const Row& row, char32_t* fields, std::size_t position);

    ProgramAtLength at_;
    std::size_t begin_;                                     ///< positions before the word
    std::vector<std::vector<std::vector<char>>> possible_;  ///< [variable][position][number]
    std::vector<Attending> attending_;                      ///< in the order of the variables
    std::size_t fields_ = 0;
};

}  // namespace attest::network
