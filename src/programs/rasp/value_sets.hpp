#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/network/layer.hpp"
#include "graph.hpp"

namespace attest::programs::rasp {

/// The words that a program is made for.
struct Frame {
    std::vector<std::string> alphabet;
    std::optional<std::string> begin, end;          ///< symbols before and after each word
    std::pair<std::int64_t, std::int64_t> lengths;  ///< of words
    base::Limits limits = {};
};

/// Numbers of values that are met.
class Values {
  public:
    using Id = std::uint32_t;
    Id operator()(const Value& value) {
        const auto [at, is_new] = ids_.emplace(value, static_cast<Id>(values_.size()));
        if (is_new) values_.push_back(&at->first);
        return at->second;
    }
    const Value& operator[](Id id) const { return *values_[id]; }

  private:
    std::map<Value, Id> ids_;
    std::vector<const Value*> values_;
};

/// A selector apart: what the mask says of the two positions alone, and a condition on values there.
struct Selection {
    network::Mask mask = network::Mask::none;
    std::vector<Graph::Sop> queries, keys;                       ///< without constants, each once
    std::vector<Graph::Selector> conjuncts;                      ///< all of which hold
    std::vector<Graph::Selector> parts;                          ///< below them, ascending
    std::set<std::vector<Values::Id>> query_tuples, key_tuples;  ///< that may occur
};
Selection selection(const Graph& graph, Graph::Selector selector);

/// Which values each s-operator may have at each position of words of the frame's lengths, found operator by operator: a
/// superset, since what two operators have to do with each other is not kept.
///
/// Throws  Unsupported where the values are too many
class ValueSets {
  public:
    ValueSets(const Graph& graph, Graph::Sop output, const Frame& frame);

    const std::vector<Graph::Sop>& needed() const { return needed_; }  ///< ascending; the output is the last
    const Values& values() const { return values_; }
    const std::set<Values::Id>& of(Graph::Sop sop) const { return all_[sop]; }
    /// The operands of a local operation that are no constants, each once.
    std::vector<Graph::Sop> operands(Graph::Sop sop) const;
    /// What it gives, by the values of these operands; only where it gives something.
    const std::map<std::vector<Values::Id>, Values::Id>& table(Graph::Sop sop) const { return tables_[sop]; }
    const Selection& selecting(Graph::Selector selector) const { return selections_.at(selector); }
    /// Whether a key of these values is selected by a query of those. What has no order is not selected.
    bool selects(const Selection& s, const std::vector<Values::Id>& query, const std::vector<Values::Id>& key) const;
    /// A selection compared a text with a number by order, which Python refuses.
    bool compared_kinds() const { return compared_kinds_; }

  private:
    using Ids = std::vector<Values::Id>;  // ascending
    using Sets = std::vector<Ids>;        // by position

    void go_through(std::int64_t length);
    Ids at(Graph::Sop sop, std::size_t i);
    Ids token(const Graph::Node& node, std::size_t i);
    Ids local(Graph::Sop sop, std::size_t i);
    std::optional<Value> result(const Graph::Node& node, const std::vector<const Value*>& of) const;
    Ids attend(const Graph::Node& node, std::size_t i);
    void tuples(const std::vector<Graph::Sop>& sops, std::size_t i, const std::function<void(const Ids&)>& use) const;
    /// Positions that may be selected, with whether they must.
    using Seen = std::vector<std::pair<std::size_t, bool>>;
    std::set<Seen> seen(Selection& selection, std::size_t i);
    void means(const Graph::Node& node, const Seen& seen, std::set<Values::Id>& found);
    void poll() const;
    [[noreturn]] void refuse(Graph::Sop sop) const;

    const Graph& graph_;
    const Frame& frame_;
    std::vector<Graph::Sop> needed_;
    mutable Values values_;
    std::vector<std::set<Values::Id>> all_;                              // by s-operator
    std::vector<std::map<std::vector<Values::Id>, Values::Id>> tables_;  // likewise
    std::map<Graph::Selector, Selection> selections_;
    std::vector<Sets> sets_;  // of the length that is gone through, by s-operator
    std::vector<std::set<std::vector<Values::Id>>> missing_;
    std::size_t n_ = 0, rows_ = 0;
    Graph::Sop current_ = 0;
    mutable bool compared_kinds_ = false;
};

}  // namespace attest::programs::rasp
