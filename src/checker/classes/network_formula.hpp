#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "checker/classes/network_words.hpp"
#include "checker/classes/orders.hpp"
#include "checker/network/tables.hpp"

namespace attest::checker {

/// The formula that says: some network of the class computes the language on all words (FORMAT.md section 9).
///
/// A literal 0 stands for ⊤.
class NetworkFormula {
  public:
    /// Throws  Defect: breaks that are unknown, out of order, or without what they need
    NetworkFormula(const NetworkClass& c, const NetworkWords& words, const std::vector<std::string>& breaks,
                   Budget& budget);
    NetworkFormula(const NetworkFormula&) = delete;

    /// The clauses of 9.3 and 9.4, and then the cuts that were added.
    const Formula& formula() const { return formula_; }

    /// Adds the clauses of the file that follow those of 9.3 and 9.4.
    /// Throws  Defect (file and line): one that is not the complement of a cycle
    void add_cuts(std::string_view bytes, const std::string& file);

  private:
    struct Held {
        std::size_t value;
        std::int32_t literal;
    };
    struct Candidate {
        std::size_t position;
        std::size_t value;
        std::int32_t present;
        std::int32_t selected = 0;
    };
    using Candidates = std::vector<Candidate>;
    using Clause = std::vector<std::int32_t>;
    /// What one position asks in one layer on one word.
    struct Asking {
        std::size_t layer, position, word;
    };

    void base_clauses();
    void symbols();
    void ask(const Asking& at);
    Candidates candidates(const Asking& at, std::size_t head) const;
    Candidates first_of_sorted(const Asking& at) const;
    bool is_left_out(const Asking& at, std::size_t j) const;
    void select(Candidates& candidates);
    void prefer(const Asking& at, std::size_t head, const Candidates& candidates);
    void prefer_one(const Asking& at, std::size_t head, const Held& own, const Candidate& c, const Candidate& other);
    void prefer_by_key(const Asking& at, std::size_t head, const Held& own, const Candidate& c, const Candidates& all);
    void make_values(std::vector<Held>& values);
    void tuples(const Asking& at, const std::vector<Candidates>& heads, std::vector<Held>& after);
    void tuple(const Asking& at, const Held& own, const std::vector<const Candidate*>& seen, std::vector<Held>& after);
    void activate(const Asking& at, std::size_t tuple, const Clause& unless, const std::vector<Held>& after);
    void add_tuple_value(std::size_t tuple, const Clause& unless, std::vector<Held>& after);

    void check_breaks(const std::vector<std::string>& breaks) const;
    void number_activations();
    void sort_heads();
    void sort_heads_on(const Asking& at);
    void sort_positions();
    void turn_heads();
    void raise_ones();
    bool has(const char* symmetry) const;
    bool kept(const std::function<bool(std::size_t)>& image) const;
    void check_kept_by_exchanges() const;
    void check_kept_by_complements(const std::string& symmetry) const;
    bool is_sorted_asking(const Asking& at) const;

    std::int32_t fresh() { return static_cast<std::int32_t>(++formula_.variables); }
    void add(const Clause& clause, std::initializer_list<std::int32_t> more);
    std::size_t positions(std::size_t word) const { return words_.words[word].size() + (c_.reads_end ? 1 : 0); }
    const std::vector<Held>& held(std::size_t layer, std::size_t position, std::size_t word) const {
        return held_[layer][word][position - 1];
    }
    std::vector<std::size_t> sorted_positions() const;

    const NetworkClass& c_;
    const NetworkWords& words_;
    std::vector<std::string> breaks_;
    Budget& budget_;
    Formula formula_;
    Orders orders_;
    ValueNumbers values_;
    std::vector<std::vector<std::vector<std::vector<Held>>>> held_;        // [layer][word][position - 1]
    std::map<std::array<std::size_t, 3>, std::vector<Candidates>> asked_;  // [layer, position, word] by head
    std::map<std::vector<std::size_t>, std::int32_t> most_;                // of key dimension 1; least is the next
    std::map<std::vector<std::size_t>, std::int32_t> functions_;           // acc and the first act of a tuple
};

}  // namespace attest::checker
