#include "program.hpp"
#include "programs/rasp/lower.hpp"

// C-RASP as a program over finite values: Booleans and counts are s-operators, counts of positions are selections up to here or
// from here on, and the values that counts may have at each position are listed, as for RASP.

namespace attest::programs::crasp {

namespace {

using rasp::Graph;
using rasp::Op;
using Sop = Graph::Sop;

class Steps {
  public:
    explicit Steps(const Program& program) : program_(program), definitions_(program.definitions.size()) {}

    Sop all() {
        const std::vector<bool> needed = used(program_);
        for (std::size_t d = 0; d < definitions_.size(); ++d)
            if (needed[d]) define(d);
        return definitions_[program_.output];
    }
    const Graph& graph() const { return graph_; }

  private:
    void define(std::size_t d) {
        const Definition& definition = program_.definitions[d];
        std::vector<Sop> steps;
        for (std::uint32_t at = definition.first; at <= definition.last; ++at)
            steps.push_back(step(program_.nodes[at], steps, definition.first));
        definitions_[d] = steps.back();
        if (graph_.nodes()[steps.back()].kind != Graph::Node::Kind::constant)
            graph_.name(steps.back(), definition.name);
    }

    Sop number(std::int64_t n) { return graph_.constant(exact::Rational(static_cast<long>(n))); }
    Sop truth(bool is) { return graph_.constant(exact::Rational(is ? 1 : 0), true); }

    Sop step(const Node& node, const std::vector<Sop>& steps, std::uint32_t first) {
        using Kind = Node::Kind;
        const auto left = [&] { return steps[node.left - first]; };
        const auto right = [&] { return steps[node.right - first]; };
        const auto local = [&](Op op) { return graph_.local(op, {left(), right()}); };
        switch (node.kind) {
            case Kind::constant: return truth(node.number == 1);
            case Kind::symbol: {
                const std::string& symbol = program_.alphabet[static_cast<std::size_t>(node.number)];
                return graph_.local(Op::equal, {graph_.token(Graph::Token::text), graph_.constant(symbol)});
            }
            case Kind::negation: return graph_.local(Op::negation, {left()});
            case Kind::conjunction: return local(Op::both);
            case Kind::disjunction: return local(Op::either);
            case Kind::less: return local(Op::less);
            case Kind::less_equal: return local(Op::less_equal);
            case Kind::equal: return local(Op::equal);
            case Kind::integer: return number(node.number);
            case Kind::sum: return local(Op::add);
            case Kind::difference: return local(Op::subtract);
            case Kind::multiple: return graph_.local(Op::multiply, {number(node.number), left()});
            case Kind::before: return count(left(), Op::less_equal);
            case Kind::after: return count(left(), Op::greater_equal);
            case Kind::minimum: return graph_.local(Op::choose, {local(Op::less), left(), right()});
            case Kind::maximum: return graph_.local(Op::choose, {local(Op::less), right(), left()});
            case Kind::choice: return graph_.local(Op::choose, {steps[node.condition - first], left(), right()});
            default: return definitions_[static_cast<std::size_t>(node.number)];
        }
    }

    Sop count(Sop of, Op place) {
        const Sop index = graph_.index();
        return graph_.count(
            graph_.both(graph_.compare(Op::equal, of, truth(true)), graph_.compare(place, index, index)));
    }

    const Program& program_;
    Graph graph_;
    std::vector<Sop> definitions_;
};

}  // namespace

network::Program as_program(const Program& program, const std::string& name,
                            std::pair<std::int64_t, std::int64_t> lengths, const base::Limits& limits) {
    Steps steps(program);
    const Sop output = steps.all();
    const rasp::Frame frame{program.alphabet, {}, {}, lengths, limits};
    return rasp::lower(steps.graph(), output, frame, {.every = false, .accept = {"T"}}, name).program;
}

}  // namespace attest::programs::crasp
