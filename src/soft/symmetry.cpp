#include "attest/soft/symmetry.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "attest/network/at_length.hpp"
#include "frame.hpp"
#include "soft/needs.hpp"

namespace attest::soft {

namespace {

/// How a coordinate at one position comes about: whether the symbol there enters, and by which function of it and of the
/// counts. Equal forms of one coordinate at two positions of a class are one function.
struct Source {
    bool symbol = false;
    int form = 0;
    auto operator<=>(const Source&) const = default;
};

using Sources = std::vector<Source>;

/// Numbers for things, from 1, equal numbers for equal things.
template <typename Thing>
class Numbering {
  public:
    int operator()(const Thing& thing) {
        return numbers_.try_emplace(thing, static_cast<int>(numbers_.size()) + 1).first->second;
    }

  private:
    std::map<Thing, int> numbers_;
};

constexpr int marker = -1;

/// One round: sources from the embedding upwards. Where the classes are too large it divides one and gives up.
class Round {
  public:
    Round(const network::Transformer& transformer, std::int64_t n, const Needs& needs, std::vector<int>& class_of)
        : t_(transformer),
          n_(static_cast<std::size_t>(n)),
          needs_(needs),
          class_of_(class_of),
          frame_(transformer),
          framed_(n_, frame_.is_even()) {
        for (std::size_t p = 0; p < n_; ++p)
            if (class_of[p] != marker) members_[class_of[p]].push_back(p);
    }

    /// False: a class was divided.
    bool run() {
        sources_ = embedding();
        if (t_.embedding_norm) norm_all(*t_.embedding_norm);
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            if (t_.layers[l].attention && !attend(l)) return false;
            if (t_.layers[l].feedforward) feed(l);
        }
        if (t_.final_norm) norm_all(*t_.final_norm);
        return !t_.readout.pools() || pools_whole_classes();
    }

  private:
    /// A class of one position holds its symbol as a count.
    bool alone(std::size_t p) const { return class_of_[p] == marker || members_.at(class_of_[p]).size() == 1; }

    std::vector<Sources> embedding() {
        std::vector<Sources> result(n_, Sources(t_.dimension));
        for (std::size_t p = 0; p < n_; ++p)
            for (std::size_t c = 0; c < t_.dimension; ++c) result[p][c] = {frame_.holds(c) && !alone(p), place(c, p)};
        return result;
    }

    int place(std::size_t c, std::size_t p) {
        if (t_.position_table)
            return text(exact::to_string(
                network::position_vector(t_, static_cast<std::int64_t>(p) + 1, static_cast<std::int64_t>(n_))[c]));
        if (t_.position.empty() || !t_.position[c].uses(exact::Operation::variable_i)) return text("");
        return text(
            value(t_.position[c], {.i = static_cast<std::int64_t>(p) + 1, .n = static_cast<std::int64_t>(n_)}, p));
    }
    /// Texts and lists of forms have numbers of different signs.
    int text(const std::string& words) { return -texts_(words); }
    /// What tells the values of an expression apart: the value, or the position where it has no exact one.
    static std::string value(const exact::Expression& e, const exact::Variables& at, std::size_t p) {
        return e.is_transcendental() ? "at " + std::to_string(p) : exact::to_string(e.evaluate(at));
    }

    Source combined(const std::vector<Source>& parts) {
        Source result;
        std::vector<int> forms;
        for (const Source& part : parts) {
            result.symbol = result.symbol || part.symbol;
            forms.push_back(part.form);
        }
        result.form = forms_(forms);
        return result;
    }

    static void gather(const exact::AffineMap& map, std::size_t row, const Sources& from, std::vector<Source>& parts) {
        for (const auto& entry : map.weight.rows[row]) parts.push_back(from[entry.first]);
    }
    Sources through(const exact::AffineMap& map, const Sources& from) {
        Sources result;
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            std::vector<Source> parts;
            gather(map, r, from, parts);
            result.push_back(combined(parts));
        }
        return result;
    }
    /// What position p holds, normed.
    Sources normed(std::size_t p, const Sources& from) {
        const Source all = combined(from);
        Sources to(from.size(), all);
        for (std::size_t c = 0; framed_[p] && c < to.size(); ++c) to[c].symbol = all.symbol && frame_.holds(c);
        return to;
    }
    /// Whether no symbol enters but where embeddings differ.
    bool keeps_out(const Sources& sources) const {
        for (std::size_t c = 0; c < sources.size(); ++c)
            if (sources[c].symbol && !frame_.holds(c)) return false;
        return true;
    }
    Sources normed_before(const std::optional<network::Norm>& norm, std::size_t p) {
        return norm && norm->placement == network::Norm::Placement::pre ? normed(p, sources_[p]) : sources_[p];
    }
    void norm_all(const network::Norm& norm) {
        for (std::size_t p = 0; p < n_; ++p) {
            sources_[p] = normed(p, sources_[p]);
            framed_[p] = framed_[p] && frame_.is_kept_by(norm);
        }
    }
    void norm_after(const std::optional<network::Norm>& norm, std::size_t p, Sources& at) {
        if (!norm || norm->placement != network::Norm::Placement::post) return;
        at = normed(p, at);
        framed_[p] = framed_[p] && frame_.is_kept_by(*norm);
    }

    void feed(std::size_t l) {
        const network::FeedForward& part = *t_.layers[l].feedforward;
        const Needs::Positions& after = l + 1 < t_.layers.size() ? needs_.before[l + 1] : needs_.end;
        for (std::size_t p = 0; p < n_; ++p) {
            if (!any(after[p])) continue;
            Sources x = normed_before(part.norm, p);
            const Sources input = x;
            for (const exact::AffineMap& map : part.maps) {
                x = through(map, x);
                if (!part.gate || &map != &part.maps.front()) continue;
                const Sources gate = through(*part.gate, input);
                for (std::size_t r = 0; r < x.size(); ++r) x[r] = combined({x[r], gate[r]});
            }
            if (part.residual)
                for (std::size_t c = 0; c < x.size(); ++c) x[c] = combined({x[c], sources_[p][c]});
            sources_[p] = std::move(x);
            framed_[p] = framed_[p] && part.residual && !part.maps.empty() && frame_.is_spared_by(part.maps.back()) &&
                         keeps_out(sources_[p]);
            norm_after(part.norm, p, sources_[p]);
        }
    }

    /// What a head reads at one asked position for one row of its values, as one thing.
    struct Asked {
        bool symbol = false;
        std::vector<Source> sources;
        std::string bias;
        auto operator<=>(const Asked&) const = default;
    };

    bool attend(std::size_t l) {
        const network::Attention& attention = *t_.layers[l].attention;
        std::vector<Sources> from;
        for (std::size_t p = 0; p < n_; ++p) from.push_back(normed_before(attention.norm, p));
        std::vector<Sources> to = sources_;
        if (!attention.residual)
            for (Sources& s : to) s.assign(t_.dimension, Source{});
        bool spared = attention.residual;
        for (const network::Head& head : attention.heads) {
            if (!add_head(l, head, from, to)) return false;
            spared = spared && frame_.is_spared_by(head.output);
        }
        for (std::size_t p = 0; p < n_; ++p) {
            framed_[p] = framed_[p] && spared && keeps_out(to[p]);
            norm_after(attention.norm, p, to[p]);
        }
        sources_ = std::move(to);
        return true;
    }

    bool add_head(std::size_t l, const network::Head& head, const std::vector<Sources>& from,
                  std::vector<Sources>& to) {
        const network::Mask mask = t_.layers[l].attention->mask_of(head);
        const bool turned = head.query && t_.layers[l].attention->rotary;
        const bool by_asked = turned || head.bias.uses(exact::Operation::variable_j),
                   by_asking = turned || head.bias.uses(exact::Operation::variable_i);
        const bool alike = mask == network::Mask::none && !(by_asked && by_asking);
        std::set<std::vector<bool>>
            looked;  // if all asking positions are alike, one look for each choice of values is enough
        for (std::size_t i = 0; i < n_; ++i) {
            const Needs::Coordinates& rows = wanted(l, i);
            const std::vector<bool> values = value_rows(head, rows);
            if (!any(rows)) continue;
            const bool new_look = looked.insert(values).second || !alike;
            if (any(values) && new_look && !sees_whole_classes({mask, head, turned}, values, from, i)) return false;
            std::vector<Source> asking;
            if (head.query)
                for (std::size_t r = 0; r < head.query->outputs(); ++r) gather(*head.query, r, from[i], asking);
            // The visible set, and a bias in i, make the sum another function at each position.
            if (mask != network::Mask::none || by_asking) asking.push_back({false, text("at " + std::to_string(i))});
            const Source sum = combined(asking);
            for (std::size_t c = 0; c < t_.dimension; ++c)
                if (rows[c] &&
                    !(head.output.weight.rows[c].empty() && (head.output.bias.empty() || head.output.bias[c] == 0)))
                    to[i][c] = combined({to[i][c], sum});
        }
        return true;
    }

    /// The coordinates that are needed of the sum at an asking position.
    Needs::Coordinates wanted(std::size_t l, std::size_t i) const {
        const auto& norm = t_.layers[l].attention->norm;
        Needs::Coordinates rows = needs_.between[l][i];
        if (norm && norm->placement == network::Norm::Placement::post && any(rows)) rows.assign(rows.size(), true);
        return rows;
    }
    static std::vector<bool> value_rows(const network::Head& head, const Needs::Coordinates& rows) {
        std::vector<bool> values(head.value.outputs(), false);
        for (std::size_t c = 0; c < rows.size(); ++c)
            if (rows[c])
                for (const auto& entry : head.output.weight.rows[c]) values[entry.first] = true;
        return values;
    }

    /// What a head reads and scores by.
    struct Look {
        network::Mask mask;
        const network::Head& head;
        bool turned;  ///< queries and keys are turned by position, so that a key is another thing at each
    };

    /// The condition on a head; where it fails for a class, that class is divided.
    /// Each row of the values is a sum of its own.
    bool sees_whole_classes(const Look& look, const std::vector<bool>& values, const std::vector<Sources>& from,
                            std::size_t i) {
        for (std::size_t r = 0; r < values.size(); ++r)
            if (values[r] && !sees_whole_classes(look, r, from, i)) return false;
        return true;
    }

    bool sees_whole_classes(const Look& look, std::size_t row, const std::vector<Sources>& from, std::size_t i) {
        for (const auto& [name, members] : members_) {
            if (members.size() == 1) continue;
            std::map<std::pair<bool, Asked>, std::vector<std::size_t>> kinds;
            bool symbol = false;
            for (const std::size_t j : members) {
                const bool seen = allows(look.mask, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
                Asked asked = seen ? ask(look, row, from[j], i, j) : Asked{};
                symbol = symbol || asked.symbol;
                kinds[{seen, std::move(asked)}].push_back(j);
            }
            if (!symbol || kinds.size() == 1) continue;
            divide(kinds);
            return false;
        }
        return true;
    }

    /// A readout of all positions is a sum over them of each coordinate that it weighs.
    bool pools_whole_classes() {
        for (std::size_t c = 0; c < t_.dimension; ++c)
            for (const auto& [name, members] : members_) {
                std::map<Source, std::vector<std::size_t>> kinds;
                bool symbol = false;
                for (const std::size_t p : members) {
                    if (!needs_.last[p][c]) continue;
                    symbol = symbol || sources_[p][c].symbol;
                    kinds[sources_[p][c]].push_back(p);
                }
                if (!symbol || kinds.size() == 1) continue;
                divide(kinds);
                return false;
            }
        return true;
    }

    Asked ask(const Look& look, std::size_t row, const Sources& from, std::size_t i, std::size_t j) const {
        const network::Head& head = look.head;
        Asked asked;
        if (head.key)
            for (std::size_t r = 0; r < head.key->outputs(); ++r) gather(*head.key, r, from, asked.sources);
        gather(head.value, row, from, asked.sources);
        asked.symbol =
            std::any_of(asked.sources.begin(), asked.sources.end(), [](const Source& s) { return s.symbol; });
        if (head.bias.uses(exact::Operation::variable_j))
            asked.bias = value(head.bias,
                               {.i = static_cast<std::int64_t>(i) + 1,
                                .j = static_cast<std::int64_t>(j) + 1,
                                .n = static_cast<std::int64_t>(n_)},
                               j);
        if (look.turned) asked.bias += " at " + std::to_string(j);
        return asked;
    }

    template <typename Kinds>
    void divide(const Kinds& kinds) {
        int next = *std::max_element(class_of_.begin(), class_of_.end());
        bool first = true;
        for (const auto& kind : kinds) {
            if (!first) ++next;
            for (const std::size_t j : kind.second)
                if (!first) class_of_[j] = next;
            first = false;
        }
    }

    const network::Transformer& t_;
    std::size_t n_;
    const Needs& needs_;
    std::vector<int>& class_of_;
    const Frame frame_;
    std::vector<bool> framed_;  // by position
    std::map<int, std::vector<std::size_t>> members_;
    std::vector<Sources> sources_;
    Numbering<std::string> texts_;
    Numbering<std::vector<int>> forms_;
};

}  // namespace

Classes find_classes(const network::Transformer& model, std::int64_t length) {
    const network::AtLength at(model, length);
    const network::Transformer& transformer = *at;
    require_decision(transformer);
    const std::int64_t n = transformer.sequence_length(length), first = transformer.begin ? 1 : 0;
    const std::int64_t readout = transformer.readout.pools() ? -1 : transformer.readout_position(n) - 1;
    std::vector<int> class_of(static_cast<std::size_t>(n), marker);
    for (std::int64_t p = first; p < first + length; ++p) class_of[static_cast<std::size_t>(p)] = p == readout ? 1 : 0;
    const Needs need = needs(transformer, n);
    while (!Round(transformer, n, need, class_of).run()) continue;
    std::map<int, std::vector<std::int64_t>> classes;
    for (std::int64_t p = first; p < first + length; ++p)
        classes[class_of[static_cast<std::size_t>(p)]].push_back(p - first);
    Classes result;
    for (auto& entry : classes) result.push_back(std::move(entry.second));
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace attest::soft
