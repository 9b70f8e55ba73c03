#include <fmt/format.h>

#include <numeric>

#include "attest/base/error.hpp"
#include "program.hpp"
#include "programs/begin_symbol.hpp"

// The normal form as average attention, exactly [chiang2023tighter]. With a begin symbol the sequence has n = N + 1 positions. A
// uniform head brings C/n for each count C, a whole multiple of the unit u = 1/n, and so are the linear forms of χ. Truth is
// u or 0: f ≥ 0 is ReLU(f + u) - ReLU(f), a conjunction of k is ReLU(their sum - (k - 1) u). So nothing is ever divided by u.
//
// The residue of a count: a head with the query (2 C/n, -1/n) and the key (j - 1, (j - 1)²) has the score
// (C² - (j - 1 - C)²)/n, which is greatest at j - 1 = C alone, and that position is there, since C < n. It brings
// (j - 1) mod m. A congruence of several counts is one of their residues' sum, which is one of finitely many numbers.

namespace attest::programs::foc {

namespace {

using constructions::x;
using residual::Form;

constexpr std::int64_t most_sums = 4096;

class FocCompiler {
  public:
    explicit FocCompiler(const NormalForm& form) : form_(form), unit_(builder_.place("1/n")) {}

    network::Transformer compile(const residual::Options& options) {
        for (const std::vector<bool>& cells : form_.counts) means_.push_back(mean(cells));
        std::map<Conditions::Id, Form> truth;
        for (const Conditions::Id id : form_.conditions.below(form_.condition)) truth[id] = made(id, truth);
        const residual::Layout layout{network::AttentionKind::average, form_.alphabet, begin_symbol(form_.alphabet),
                                      options};
        network::Transformer t = residual::assemble(builder_, truth.at(form_.condition), layout);
        t.name = form_.name;
        return t;
    }

  private:
    /// How many positions are in these cells, times u.
    Form mean(const std::vector<bool>& cells) {
        Form counted;
        for (std::uint32_t a = 0; a < form_.alphabet.size(); ++a) {
            const Form symbol = x(builder_.symbol(a));
            std::vector<std::uint32_t> residues;
            for (std::uint32_t r = 0; r < form_.modulus; ++r)
                if (cells[a * form_.modulus + r]) residues.push_back(r);
            if (residues.size() == form_.modulus) counted = counted + symbol;
            else if (!residues.empty()) counted = counted + x(builder_.unit(symbol + at(residues) - 1));
        }
        return x(builder_.look({}, counted));
    }

    /// 1 at positions of these residues; the begin symbol is position 1 of the sequence.
    Form at(const std::vector<std::uint32_t>& residues) {
        Form sum;
        for (const std::uint32_t r : residues)
            sum = sum + x(builder_.place(fmt::format("[mod(i-1,{})={}]", form_.modulus, r)));
        return sum;
    }

    Form made(Conditions::Id id, const std::map<Conditions::Id, Form>& truth) {
        const Conditions::Node& node = form_.conditions.node(id);
        const Form one = x(unit_);
        switch (node.kind) {
            case Conditions::Kind::constant: return id == Conditions::yes ? one : Form();
            case Conditions::Kind::least: return is_least(scaled(node.form));
            case Conditions::Kind::zero: return is_least(scaled(node.form)) + is_least(-scaled(node.form)) - one;
            case Conditions::Kind::multiple: return node.negated ? one - multiple(node) : multiple(node);
            default: break;
        }
        const bool all = node.kind == Conditions::Kind::conjunction;
        Form sum;
        for (const Conditions::Id part : node.parts) sum = sum + (all ? truth.at(part) : one - truth.at(part));
        const Form every = x(builder_.unit(sum - exact::Rational(static_cast<long>(node.parts.size()) - 1) * one));
        return all ? every : one - every;
    }

    Form scaled(const Linear& form) const {
        Form result = exact::Rational(static_cast<long>(form.constant)) * x(unit_);
        for (const auto& [v, factor] : form.terms)
            result = result + exact::Rational(static_cast<long>(factor)) * means_[v];
        return result;
    }

    Form is_least(const Form& form) { return x(builder_.unit(form + x(unit_))) - x(builder_.unit(form)); }

    /// Whether the modulus divides the form, times u.
    Form multiple(const Conditions::Node& node) {
        Form sum(static_cast<int>(node.form.constant));
        std::int64_t most = node.form.constant;
        for (const auto& [v, factor] : node.form.terms) {
            const std::int64_t modulus = node.modulus / std::gcd(factor, node.modulus);
            sum = sum + exact::Rational(static_cast<long>(factor)) * residue(v, modulus);
            most += factor * (modulus - 1);
        }
        if (most > most_sums)
            throw base::Unsupported(
                fmt::format("a congruence modulo {} has more than {} sums", node.modulus, most_sums));
        Form is;
        for (std::int64_t at = 0; at <= most; at += node.modulus) {
            const Form from = sum - Form(static_cast<int>(at));
            is = is + x(builder_.unit(from + 1)) - exact::Rational(2) * x(builder_.unit(from)) +
                 x(builder_.unit(from - 1));
        }
        return x(builder_.unit(is + x(unit_) - 1));
    }

    /// The count modulo m, looked up among the positions.
    Form residue(std::uint32_t count, std::int64_t modulus) {
        const residual::Pattern pattern{network::Mask::none,
                                        network::Tie::left,
                                        {exact::Rational(2) * means_[count], -x(unit_)},
                                        {x(builder_.place("i-1")), x(builder_.place("(i-1)^2"))}};
        return x(builder_.look(pattern, x(builder_.place(fmt::format("mod(i-1,{})", modulus)))));
    }

    const NormalForm& form_;
    residual::Builder builder_;
    residual::Value unit_;
    std::vector<Form> means_;  ///< by count
};

}  // namespace

network::Transformer compile(const NormalForm& form, const residual::Options& options) {
    return FocCompiler(form).compile(options);
}

network::Transformer compile(const Program& program, const residual::Options& options) {
    return compile(normal_form(program), options);
}

}  // namespace attest::programs::foc
