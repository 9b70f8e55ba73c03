#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "attest/network/program.hpp"

namespace attest::network {

/// A program at one length, its values numbered: what a variable may be is listed first, so that words are evaluated by
/// looking into tables. For those who go through many words.
class ProgramAtLength {
  public:
    /// Throws  InputError for a length that the program is not for; Unsupported where the lists or tables are too large
    /// Cost    the sizes of the tables, at most 2^22 entries each
    ProgramAtLength(const Program& program, std::int64_t length);

    /// Evaluates a word. False: some variable has no value on it; `answers` of the program says which.
    ///
    /// Exact   yes
    bool run(const language::Word& word);

    /// What run found: at each position that is read the number of its answer.
    const std::vector<std::uint32_t>& found() const { return found_; }
    /// The texts of answers, by number.
    const std::vector<std::string>& texts() const { return texts_; }
    /// Whether an answer is one that accepts, by number.
    const std::vector<bool>& accepting() const { return accepting_; }

  private:
    friend class PrefixRegions;
    friend class ProgramPrefixes;

    static constexpr std::uint32_t no_value = UINT32_MAX;
    using Numbers = std::vector<std::uint32_t>;

    /// A step over numbers of values. What a kind does not use is empty.
    struct Step {
        enum class Kind { given, symbol, take, sum, map };
        Kind kind = Kind::given;
        std::vector<Program::Value> values;  ///< by number
        Numbers table;                       ///< given: by position; symbol: by symbol; map: by the numbers of `of`
        std::vector<std::pair<std::size_t, std::size_t>> of;  ///< map: variable and stride
        std::size_t query = 0, key = 0, value = 0;
        std::vector<char> selects;  ///< [query][key]
        std::size_t keys = 0;
        Mask mask = Mask::none;
        Program::Take take = Program::Take::nearest;
        std::vector<std::int64_t> terms;  ///< sum: of each number of `value`, times a common denominator
        std::int64_t least = 0;           ///< sum: the row of a count begins with this sum
        std::size_t width = 0;            ///< sum: of a row
        std::uint32_t none = no_value;    ///< where nothing is selected
        bool none_is_first = false;
        Numbers first;  ///< take: the numbers of the values of `value` among these; empty: the same
    };
    struct Scores {
        std::size_t of = 0;
        std::vector<std::int64_t> rows;      ///< [value][class], times a common denominator
        std::vector<exact::Rational> exact;  ///< the same where these are not enough
        std::vector<char> has_row;
    };

    Step numbered(const Program::Symbol&);
    Step numbered(const Program::Position& step) const;
    Step numbered(const Program::Constant& step) const;
    Step numbered(const Program::Attend& step) const;
    Step numbered(const Program::Map& step) const;
    void list_taken(const Program::Attend& step, Step& to) const;
    void list_sums(const Program::Attend& step, Step& to) const;
    void number_scores();
    void number_answers();

    bool run(const Step& step, std::uint32_t* to) const;
    std::uint32_t attend(const Step& step, std::size_t i) const;
    bool answer(std::size_t i, std::uint32_t& found) const;
    template <typename Number>
    bool best_class(std::size_t i, std::uint32_t& found) const;

    const Program& program_;
    std::size_t n_;
    std::vector<std::size_t> read_;
    std::vector<Step> steps_;
    std::vector<Scores> scores_;
    bool small_ = true;  ///< sums of scores fit into 64 bits
    std::vector<std::string> texts_;
    std::vector<bool> accepting_;

    std::vector<std::uint32_t>
        sequence_;  ///< of the word that is run: symbols, then the alphabet's size for begin, + 1 for end
    std::vector<std::uint32_t> held_;  ///< [variable][position]
    std::vector<std::uint32_t> found_;
};

}  // namespace attest::network
