#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "value.hpp"

namespace attest::programs::rasp {

/// What is computed at every position of a word, of whatever length: s-operators, each of those before it, and selectors, which
/// say which positions a position looks at. Equal ones are one.
///
/// Source  [weiss2021thinking]
class Graph {
  public:
    using Sop = std::uint32_t;
    using Selector = std::uint32_t;

    /// What is taken of the symbol at the position.
    enum class Token : std::uint8_t { text, integer, number, truth };

    struct Node {
        enum class Kind : std::uint8_t {
            token,
            index,  ///< of the position, from 0
            constant,
            local,      ///< an operation on values of the position
            aggregate,  ///< the value at the selected position, the mean if there are several, `value` if there is none
            count       ///< the number of selected positions
        };
        Kind kind = Kind::index;
        Token token = Token::text;
        Op op = Op::plus;
        std::vector<Sop> of;      ///< operands; of an aggregate the one
        Value value;              ///< of a constant; where nothing is selected
        bool is_truth = false;    ///< True and False rather than 1 and 0
        std::uint32_t table = 0;  ///< of `among` and `entry`
        Selector selector = 0;
        bool operator<(const Node& other) const;
    };
    struct Selecting {
        enum class Kind : std::uint8_t { compare, negation, both, either };
        Kind kind = Kind::compare;
        Op op = Op::equal;        ///< of the value at the key, then that at the query
        std::uint32_t left = 0;   ///< key; or a selector
        std::uint32_t right = 0;  ///< query; or a selector
        bool operator<(const Selecting& other) const {
            return std::tie(kind, op, left, right) < std::tie(other.kind, other.op, other.left, other.right);
        }
    };
    /// What `among` and `entry` look into.
    using Table = std::map<Value, Value>;

    Sop token(Token token);
    Sop index();
    Sop constant(Value value, bool is_truth = false);
    /// Throws  Unsupported where all operands are constants and the operation has no value
    Sop local(Op op, std::vector<Sop> of);
    Sop looked_up(Op op, Sop of, Table table, bool is_truth);
    Sop aggregate(Selector selector, Sop of, Value none, bool none_is_truth);
    Sop count(Selector selector);

    Selector compare(Op op, Sop key, Sop query);
    Selector negation(Selector of);
    Selector both(Selector left, Selector right);
    Selector either(Selector left, Selector right);
    /// All positions.
    Selector everywhere() { return compare(Op::equal, constant(exact::Rational(1)), constant(exact::Rational(1))); }
    /// The number of positions.
    Sop length() { return count(everywhere()); }

    /// What people call it, if they do; the last name holds.
    void name(Sop sop, const std::string& name) { names_[sop] = name; }
    const std::map<Sop, std::string>& names() const { return names_; }

    const std::vector<Node>& nodes() const { return nodes_; }
    const std::vector<Selecting>& selectors() const { return selectors_; }
    const std::vector<Table>& tables() const { return tables_; }

  private:
    Sop keep(Node node);
    Selector keep(Selecting selecting);

    std::vector<Node> nodes_;
    std::vector<Selecting> selectors_;
    std::vector<Table> tables_;
    std::map<Node, Sop> known_;
    std::map<Selecting, Selector> known_selectors_;
    std::map<Table, std::uint32_t> known_tables_;
    std::map<Sop, std::string> names_;
};

}  // namespace attest::programs::rasp
