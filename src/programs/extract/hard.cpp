#include "hard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "attest/base/error.hpp"
#include "forms.hpp"
#include "looks.hpp"

// A network of hard attention as B-RASP. Each coordinate is an affine form over bits: symbols, what heads brought, rectified
// sums, all of which have finitely many values. A head, at a query whose vector is one of finitely many, gives each key one of
// finitely many scores. It looks at the keys of the greatest score, if there is one, else at those of the next: so for each
// such level there is one selection S(i, j), true where the query at i gives the key at j that score; a head whose scores are
// 0 and 1 has one selection, and what it does where nothing is selected.
//
// Positions. A position of the word looks back, at those before it and perhaps at itself. The one that is read may look forth as
// well, since it is the last: where it differs from the others its vectors are kept apart. An end symbol is such a position
// behind each: what it would compute if the word ended here.

namespace attest::programs::extract {

namespace {

using network::Mask;
using Forms = std::vector<Form>;

/// Whose vectors keys are: of positions in the word, or of the last position of the sequence, which is read.
enum Track : std::size_t { word, last };

class HardReader {
  public:
    HardReader(const network::Transformer& model, const std::string& where)
        : t_(model), where_(where), bits_(model.alphabet.size()), looks_(bits_) {}

    brasp::Program read() {
        require_form();
        const auto looks_forth = [&](const network::Layer& layer) {
            if (!layer.attention) return false;
            const network::Attention& a = *layer.attention;
            return std::any_of(a.heads.begin(), a.heads.end(),
                               [&](const auto& head) { return !looks_back(a.mask_of(head)); });
        };
        apart_ = t_.end.has_value() || std::any_of(t_.layers.begin(), t_.layers.end(), looks_forth);
        embed();
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            place_ = fmt::format("layers[{}]", l);
            read_layer(l);
        }
        place_ = "readout";
        return written_out(bits_, looks_, t_.alphabet.symbols(), answer(of_[apart_ ? last : word]));
    }

  private:
    [[noreturn]] void fail(const std::string& place, const std::string& expected, const std::string& found) const {
        throw base::InputError(where_ + ":" + place, expected, found);
    }
    static bool looks_back(Mask mask) { return mask == Mask::causal || mask == Mask::strict; }

    void require_form() const {
        if (t_.position_table || !t_.position.empty())
            fail("position", "no position vectors, of which B-RASP knows nothing", "some");
        if (t_.embedding_norm || t_.final_norm) fail("norm", "no norm", "one");
        if (t_.readout.reading != network::Readout::Reading::one || t_.readout.position != -1)
            fail("readout.position", "\"last\", where B-RASP reads", "another");
        if (t_.readout.bias_in_n) fail("readout.bias", "a number", "an expression in n");
        network::require_decision(t_);
        for (std::size_t l = 0; l < t_.layers.size(); ++l) require_form(t_.layers[l], fmt::format("layers[{}]", l));
    }

    void require_form(const network::Layer& layer, const std::string& place) const {
        if (layer.repeat && !layer.repeat->is_constant())
            fail(place + ".repeat", "a number, since a program has as many steps at each length", layer.repeat->text());
        if (layer.attention) require_form(*layer.attention, place + ".attention");
        if (!layer.feedforward) return;
        if (layer.feedforward->norm) fail(place + ".feedforward.norm", "no norm", "one");
        if (layer.feedforward->gate) fail(place + ".feedforward.gate", "no gate", "one");
        if (layer.feedforward->activation.kind != exact::Activation::Kind::relu)
            fail(place + ".feedforward.activation", "relu", "another");
    }
    void require_form(const network::Attention& a, const std::string& place) const {
        if (a.kind != network::AttentionKind::hard)
            fail(place + ".kind", "hard attention, which B-RASP has", network::to_string(a.kind));
        if (a.norm) fail(place + ".norm", "no norm", "one");
        if (a.rotary) fail(place + ".rotary", "no rotary positions", "some");
        for (std::size_t h = 0; h < a.heads.size(); ++h)
            if (!a.heads[h].bias.is_constant())
                fail(fmt::format("{}.heads[{}].bias", place, h), "scores that depend on no position",
                     a.heads[h].bias.text());
    }

    void embed() {
        of_[word] = Forms(t_.dimension);
        const auto add = [&](const exact::Vector& vector, Literal literal) {
            for (std::size_t c = 0; c < vector.size(); ++c) add_scaled(of_[word][c], vector[c], form_of(literal));
        };
        for (std::size_t s = 0; s < t_.alphabet.size(); ++s)
            add(t_.embedding[s], bits_.symbol(static_cast<std::uint32_t>(s)));
        if (t_.begin) add(t_.begin_embedding, bits_.begin());
        for (Form& form : of_[word]) simplify(form);
        of_[last] = of_[word];
        if (!t_.end) return;
        for (std::size_t c = 0; c < t_.dimension; ++c) {
            of_[last][c] = Form();
            of_[last][c].constant = t_.end_embedding[c];
        }
    }

    /// What most symbols have is taken as the constant, since just one stands at each position; before a word without begin
    /// symbol anything may be.
    void simplify(Form& form) {
        std::map<exact::Rational, std::size_t> count;
        const auto add = [&](Literal literal) {
            const auto at = form.terms.find(static_cast<std::uint32_t>(Bits::number(literal)));
            ++count[at == form.terms.end() ? exact::Rational(0) : at->second];
        };
        for (std::size_t s = 0; s < t_.alphabet.size(); ++s) add(bits_.symbol(static_cast<std::uint32_t>(s)));
        if (t_.begin) add(bits_.begin());
        const exact::Rational usual =
            std::max_element(count.begin(), count.end(), [](auto& a, auto& b) { return a.second < b.second; })->first;
        if (usual == 0) return;
        Form rest;
        rest.constant = usual;
        const auto less = [&](Literal literal) {
            Form bit = form_of(literal);
            const auto at = form.terms.find(static_cast<std::uint32_t>(Bits::number(literal)));
            add_scaled(rest, (at == form.terms.end() ? exact::Rational(0) : at->second) - usual, bit);
        };
        for (std::size_t s = 0; s < t_.alphabet.size(); ++s) less(bits_.symbol(static_cast<std::uint32_t>(s)));
        if (t_.begin) less(bits_.begin());
        form = std::move(rest);
    }

    /// Whether vectors of word positions are read by a layer from this one on, or at the end.
    bool needs_word(std::size_t layer) const {
        return !apart_ || std::any_of(t_.layers.begin() + static_cast<std::ptrdiff_t>(layer), t_.layers.end(),
                                      [](const network::Layer& l) { return l.attention.has_value(); });
    }

    void read_layer(std::size_t l) {
        const network::Layer& layer = t_.layers[l];
        const long times = layer.repeat ? layer.repeat->steps()[0].constant.get_num().get_si() : 1;
        layer_ = l + 1;
        for (long k = 0; k < times; ++k) {
            const bool word_after = needs_word(l + 1) || (k + 1 < times && needs_word(l));
            if (layer.attention) {
                const Forms before[] = {of_[word], of_[last]};
                if (word_after) attend(*layer.attention, word, before);
                if (apart_) attend(*layer.attention, last, before);
            }
            if (!layer.feedforward) continue;
            if (word_after) of_[word] = feed_forward(*layer.feedforward, of_[word]);
            if (apart_) of_[last] = feed_forward(*layer.feedforward, of_[last]);
        }
    }

    Forms feed_forward(const network::FeedForward& part, const Forms& y) {
        const std::string what = place_ + ".feedforward";
        Forms x = map_forms(part.maps[0], y);
        for (std::size_t m = 1; m < part.maps.size(); ++m) {
            for (Form& form : x) form = rectified(bits_, form, what);
            x = map_forms(part.maps[m], x);
        }
        if (part.residual)
            for (std::size_t c = 0; c < x.size(); ++c) add_scaled(x[c], 1, y[c]);
        return x;
    }

    // Attention.

    /// Query vectors of which a key has the same scores: when, and for whose keys which scores are when.
    struct Group {
        Literal when = no;
        std::map<exact::Rational, Literal> scores[2];
        std::vector<exact::Rational> levels;  ///< all scores, from the greatest
    };

    /// Where a key may stand: before the query, at it as a position of the word, at it as the last of the sequence.
    enum class Stand { before, at, end };
    struct Candidate {
        Stand stand;
        Track track;
    };

    /// Key positions that the mask leaves, ascending.
    std::vector<Candidate> candidates(Mask mask, Track query, const std::string& place) const {
        if (query == word && !looks_back(mask))
            fail(place, "a mask by which positions look back (causal or strict) below the last layer of attention",
                 network::to_string(mask));
        std::vector<Candidate> all;
        const bool looks_forth = mask == Mask::future || mask == Mask::strict_future;
        if (!looks_forth) all.push_back({Stand::before, word});
        if (query == last && t_.end && !looks_forth) all.push_back({Stand::at, word});
        if (mask == Mask::strict || mask == Mask::strict_future) return all;
        if (query == word) all.push_back({Stand::at, word});
        else all.push_back({Stand::end, last});
        return all;
    }

    std::vector<Group> groups(const network::Head& head, const Forms* before, Track query, const bool* keys_of) {
        std::vector<Case> asked = {{{}, yes}};
        Forms keys[2];
        if (head.query) {
            asked = cases(bits_, map_forms(*head.query, before[query]), place_ + " query");
            for (const Track track : {word, last}) keys[track] = map_forms(*head.key, before[track]);
        }
        using Scores = std::pair<std::map<std::uint32_t, exact::Rational>, exact::Rational>;
        std::map<std::pair<Scores, Scores>, std::size_t> known;
        std::vector<Group> all;
        for (const Case& one : asked) {
            Form score[2];
            for (const Track track : {word, last})
                for (std::size_t r = 0; r < one.values.size() && keys_of[track]; ++r)
                    add_scaled(score[track], one.values[r], keys[track][r]);
            const auto plain = [](const Form& form) { return Scores{form.terms, form.constant}; };
            const auto [at, is_new] = known.try_emplace({plain(score[word]), plain(score[last])}, all.size());
            if (is_new) all.push_back(group(score, keys_of));
            Group& found = all[at->second];
            found.when = bits_.either(found.when, one.when);
        }
        return all;
    }

    Group group(const Form* score, const bool* keys_of) {
        Group made;
        std::map<exact::Rational, bool, std::greater<>> levels;
        for (const Track track : {word, last}) {
            if (!keys_of[track]) continue;
            for (const Case& one : cases(bits_, {score[track]}, place_ + " score")) {
                made.scores[track][one.values[0]] = one.when;
                levels[one.values[0]] = true;
            }
        }
        for (const auto& level : levels) made.levels.push_back(level.first);
        return made;
    }

    /// What a head does at one track: where it looked, and what it found there.
    struct Brought {
        Literal looked[2] = {no, no};               ///< at whose keys
        std::map<std::uint32_t, Literal> value[2];  ///< by bit of what is brought
    };

    void attend(const network::Attention& a, Track query, const Forms* before) {
        Forms z(t_.dimension);
        for (std::size_t h = 0; h < a.heads.size(); ++h) {
            const network::Head& head = a.heads[h];
            const std::string place = fmt::format("{}.attention.heads[{}]", place_, h);
            Forms values[2];
            for (const Track track : {word, last}) values[track] = map_forms(head.value, before[track]);
            const Brought brought = look(a, h, query, before, values, place);
            const Forms rows = mean_of(brought, values);
            for (std::size_t c = 0; c < z.size(); ++c) {
                for (const auto& [r, factor] : head.output.weight.rows[c]) add_scaled(z[c], factor, rows[r]);
                if (!head.output.bias.empty())
                    add_scaled(z[c], head.output.bias[c],
                               form_of(bits_.either(brought.looked[word], brought.looked[last])));
            }
        }
        for (std::size_t c = 0; c < z.size(); ++c)
            if (a.residual) add_scaled(z[c], 1, before[query][c]);
        of_[query] = std::move(z);
    }

    static Forms mean_of(const Brought& brought, const Forms* values) {
        Forms rows(values[word].size());
        for (std::size_t r = 0; r < rows.size(); ++r)
            for (const Track track : {word, last}) {
                add_scaled(rows[r], values[track][r].constant, form_of(brought.looked[track]));
                for (const auto& [atom, factor] : values[track][r].terms)
                    add_scaled(rows[r], factor, form_of(found(brought, track, atom)));
            }
        return rows;
    }
    static Literal found(const Brought& brought, Track track, std::uint32_t atom) {
        const auto at = brought.value[track].find(atom);
        return at == brought.value[track].end() ? no : at->second;
    }

    Brought look(const network::Attention& a, std::size_t h, Track query, const Forms* before, const Forms* values,
                 const std::string& place) {
        const network::Head& head = a.heads[h];
        std::vector<Candidate> all = candidates(a.mask_of(head), query, place + ".mask");
        const bool rightmost = a.tie_of(head) == network::Tie::right;
        if (rightmost) std::reverse(all.begin(), all.end());
        bool keys_of[2] = {false, false};
        for (const Candidate& candidate : all) keys_of[candidate.track] = true;
        const std::vector<Group> asked = groups(head, before, query, keys_of);
        std::size_t levels = 0;
        for (const Group& group : asked) levels = std::max(levels, group.levels.size());
        Brought brought;
        Literal open = yes;  // nothing found so far
        for (std::size_t level = 0; level < levels; ++level)
            for (const Candidate& candidate : all) {
                LookBack back{rightmost, terms(asked, candidate.track, level, levels), yes, {layer_, h + 1}};
                const auto value = [&](Literal literal) {
                    if (candidate.stand != Stand::before) return bits_.both(stands(back.terms), literal);
                    LookBack one = back;
                    one.value = literal;
                    return looks_.add(std::move(one));
                };
                const Literal is_found = value(yes), here = bits_.both(open, is_found);
                Literal& looked = brought.looked[candidate.track];
                looked = bits_.either(looked, here);
                for (const Form& row : values[candidate.track])
                    for (const auto& term : row.terms) keep(brought, candidate, term.first, open, value);
                open = bits_.both(open, is_found ^ 1U);
                done_.clear();
            }
        return brought;
    }

    template <typename Value>
    void keep(Brought& brought, const Candidate& candidate, std::uint32_t atom, Literal open, const Value& value) {
        if (!done_.insert(atom).second) return;
        Literal& all = brought.value[candidate.track].try_emplace(atom, no).first->second;
        all = bits_.either(all, bits_.both(open, value(2 * (atom + 1))));
    }

    /// S(i, j) of one level: levels are counted from the last, where every group has all keys that are left.
    std::vector<std::pair<Literal, Literal>> terms(const std::vector<Group>& asked, Track track, std::size_t level,
                                                   std::size_t levels) {
        const Literal exists = t_.begin || track == last ? yes : bits_.begin() ^ 1U;
        if (level + 1 == levels) return {{yes, exists}};
        std::vector<std::pair<Literal, Literal>> all;
        for (const Group& group : asked) {
            if (level + group.levels.size() < levels) continue;
            const auto at = group.scores[track].find(group.levels[level + group.levels.size() - levels]);
            if (at != group.scores[track].end()) all.emplace_back(group.when, bits_.both(at->second, exists));
        }
        return all;
    }

    /// Whether the query's own position is selected.
    Literal stands(const std::vector<std::pair<Literal, Literal>>& terms) {
        Literal any = no;
        for (const auto& [query, key] : terms) any = bits_.either(any, bits_.both(query, key));
        return any;
    }

    Literal answer(const Forms& y) {
        const network::Readout& readout = t_.readout;
        if (!readout.classes) {
            Form score;
            score.constant = readout.bias;
            for (std::size_t c = 0; c < y.size(); ++c) add_scaled(score, readout.weight[c], y[c]);
            return positive(bits_, score, "readout");
        }
        Literal accepts = no;
        for (const Case& one : cases(bits_, map_forms(readout.classes->logits, y), "readout"))
            if (readout.classes->accept[network::Classes::answer(one.values)])
                accepts = bits_.either(accepts, one.when);
        return accepts;
    }

    const network::Transformer& t_;
    const std::string& where_;
    Bits bits_;
    Looks looks_;
    bool apart_ = false;
    Forms of_[2];  // by track
    std::string place_;
    std::size_t layer_ = 0;
    std::set<std::uint32_t> done_;
};

}  // namespace

brasp::Program to_brasp(const network::Transformer& model, const std::string& where) {
    return HardReader(model, where).read();
}

}  // namespace attest::programs::extract
