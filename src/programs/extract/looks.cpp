#include "looks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::programs::extract {

namespace {

using brasp::Expression;

class ProgramMaker {
  public:
    ProgramMaker(const Bits& bits, const Looks& looks, const std::vector<std::string>& alphabet)
        : bits_(bits), looks_(looks), uses_(bits.all().size()), definition_(bits.all().size()) {
        program_.alphabet = alphabet;
    }

    brasp::Program make(Literal output) {
        count_uses(output);
        for (std::size_t b = 0; b < uses_.size(); ++b)
            if (uses_[b] > 0 && is_defined(b)) define(b);
        const bool is_last = output >= 2 && output % 2 == 0 && Bits::number(output) + 1 == uses_.size();
        if (is_last && is_defined(Bits::number(output))) {
            program_.output = static_cast<std::uint32_t>(program_.definitions.size() - 1);
            program_.definitions.back().name = "accept";
        } else {
            program_.output = add("accept", brasp::Definition::Kind::expression);
            program_.definitions.back().value = expression({{output, false}});
        }
        return std::move(program_);
    }

  private:
    /// A literal at i, or at j.
    struct Place {
        Literal literal;
        bool at_j;
    };

    bool is_defined(std::size_t b) const { return bits_.all()[b].kind != Bits::Kind::both || uses_[b] > 1; }

    void count_uses(Literal output) {
        const auto use = [&](Literal literal) {
            if (literal >= 2) ++uses_[Bits::number(literal)];
        };
        use(output);
        for (std::size_t b = uses_.size(); b-- > 0;) {
            if (uses_[b] == 0) continue;
            const Bits::Bit& bit = bits_.all()[b];
            if (bit.kind == Bits::Kind::both) {
                use(bit.left);
                use(bit.right);
            }
            if (bit.kind != Bits::Kind::known) continue;
            const LookBack& look = looks_.at(bit.detail);
            use(look.value);
            for (const auto& [query, key] : look.terms) {
                use(query);
                use(key);
            }
        }
    }

    std::uint32_t add(std::string name, brasp::Definition::Kind kind) {
        brasp::Definition made;
        made.name = std::move(name);
        made.kind = kind;
        made.line = program_.definitions.size() + 2;
        program_.definitions.push_back(std::move(made));
        return static_cast<std::uint32_t>(program_.definitions.size() - 1);
    }

    static bool is_word(const std::string& text) {
        return std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        });
    }

    void define(std::size_t b) {
        const Bits::Bit& bit = bits_.all()[b];
        switch (bit.kind) {
            case Bits::Kind::begin: definition_[b] = add("begin", brasp::Definition::Kind::bos); return;
            case Bits::Kind::symbol: {
                const std::string& symbol = program_.alphabet[bit.detail];
                definition_[b] = add(is_word(symbol) ? "is_" + symbol : fmt::format("symbol_{}", bit.detail + 1),
                                     brasp::Definition::Kind::symbol);
                program_.definitions.back().symbol = bit.detail;
                return;
            }
            case Bits::Kind::known: return define(b, looks_.at(bit.detail));
            case Bits::Kind::both: break;
        }
        definition_[b] = add(fmt::format("x{}", ++shared_), brasp::Definition::Kind::expression);
        const Expression value = gate(b);
        program_.definitions.back().value = value;
    }

    void define(std::size_t b, const LookBack& look) {
        const auto [layer, head] = look.origin;
        const std::size_t number = ++looks_of_[look.origin];
        definition_[b] =
            add(head == 0 ? fmt::format("v{}_{}", layer, number) : fmt::format("h{}_{}_{}", layer, head, number),
                look.rightmost ? brasp::Definition::Kind::rightmost : brasp::Definition::Kind::leftmost);
        std::vector<std::vector<Place>> terms;
        for (const auto& [query, key] : look.terms) {
            std::vector<Place> term;
            if (query != yes) term.push_back({query, false});
            if (key != yes || term.empty()) term.push_back({key, true});
            terms.push_back(std::move(term));
        }
        const Expression score = disjunction(terms);
        const Expression value = expression({{look.value, true}});
        program_.definitions.back().score = score;
        program_.definitions.back().value = value;
    }

    std::uint32_t size() const { return static_cast<std::uint32_t>(program_.nodes.size()); }
    void push(const brasp::Node& node) {
        results_.push_back(size());
        program_.nodes.push_back(node);
    }
    std::uint32_t pop() {
        const std::uint32_t result = results_.back();
        results_.pop_back();
        return result;
    }
    void join(brasp::Node::Kind kind) {
        const std::uint32_t right = pop(), left = pop();
        push({kind, false, left, right});
    }

    /// The disjunction of conjunctions.
    Expression disjunction(const std::vector<std::vector<Place>>& terms) {
        const std::uint32_t first = size();
        for (std::size_t t = 0; t < terms.size(); ++t) {
            for (std::size_t k = 0; k < terms[t].size(); ++k) {
                part(terms[t][k]);
                if (k > 0) join(brasp::Node::Kind::conjunction);
            }
            if (t > 0) join(brasp::Node::Kind::disjunction);
        }
        results_.clear();
        return {first, size() - 1};
    }
    Expression expression(const std::vector<Place>& conjuncts) { return disjunction({conjuncts}); }
    /// The conjunction that a bit is.
    Expression gate(std::size_t b) { return expression({{bits_.all()[b].left, false}, {bits_.all()[b].right, false}}); }

    /// One literal, with what stands in place of it: by a stack of what is to be done, since conjunctions may nest deep.
    void part(const Place& root) {
        struct Task {
            Place place;
            std::optional<brasp::Node::Kind> joins = {};
        };
        std::vector<Task> tasks = {{root}};
        while (!tasks.empty()) {
            const Task task = tasks.back();
            tasks.pop_back();
            const auto [literal, at_j] = task.place;
            if (task.joins) {
                join(*task.joins);
            } else if (literal < 2) {
                push({brasp::Node::Kind::constant, literal == yes});
            } else if (const std::size_t b = Bits::number(literal); is_defined(b)) {
                push({brasp::Node::Kind::name, at_j, definition_[b]});
                if (literal % 2 == 1) push({brasp::Node::Kind::negation, false, pop()});
            } else {
                const bool negated = literal % 2 == 1;
                const Literal flip = negated ? 1 : 0;
                tasks.push_back({{}, negated ? brasp::Node::Kind::disjunction : brasp::Node::Kind::conjunction});
                tasks.push_back({{bits_.all()[b].right ^ flip, at_j}});
                tasks.push_back({{bits_.all()[b].left ^ flip, at_j}});
            }
        }
    }

    const Bits& bits_;
    const Looks& looks_;
    brasp::Program program_;
    std::vector<std::size_t> uses_;
    std::vector<std::uint32_t> definition_;  // by bit
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> looks_of_;
    std::size_t shared_ = 0;
    std::vector<std::uint32_t> results_;  // nodes that wait
};

}  // namespace

Literal Looks::add(LookBack look) {
    std::erase_if(look.terms, [](const auto& term) { return term.first == no || term.second == no; });
    if (look.terms.empty() || look.value == no) return no;
    const auto everywhere = std::find(look.terms.begin(), look.terms.end(), std::pair{yes, yes});
    if (everywhere != look.terms.end()) look.terms = {{yes, yes}};
    std::sort(look.terms.begin(), look.terms.end());
    // At the position before the word nothing is before; anywhere else something is.
    if (look.value == yes && look.terms[0] == std::pair{yes, yes}) return bits_.begin() ^ 1U;
    const auto [at, is_new] = known_.try_emplace(look, no);
    if (is_new) {
        LookBack place = look;
        place.value = no;
        const auto group = groups_.try_emplace(std::move(place), static_cast<std::uint32_t>(groups_.size())).first;
        at->second = bits_.known(static_cast<std::uint32_t>(looks_.size()), group->second, look.value);
        looks_.push_back(std::move(look));
    }
    return at->second;
}

brasp::Program written_out(const Bits& bits, const Looks& looks, const std::vector<std::string>& alphabet,
                           Literal output) {
    return ProgramMaker(bits, looks, alphabet).make(output);
}

}  // namespace attest::programs::extract
