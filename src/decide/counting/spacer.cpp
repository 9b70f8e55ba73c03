#include <z3++.h>

#include "decide/counting/find.hpp"
#include "decide/counting/horn.hpp"
#include "logic/limit_watcher.hpp"

// An invariant as Spacer finds it (Komuravelli, Gurfinkel & Chaki 2014), the engine of Z3 for Horn clauses. What it says is a formula;
// we take it apart into lists of linear constraints and show for ourselves that steps keep them. Nothing is believed.

namespace attest::counting {

namespace {

using List = Invariant::List;
using Lists = std::vector<List>;  // one of them holds

constexpr std::size_t most_lists = 64;
constexpr unsigned effort = 60'000'000;  // in Z3's own unit, so that every machine gives up at the same point

/// A formula that is not linear in whole numbers, or of too many cases.
struct Strange {};

Form form_of(const z3::expr& e) {
    if (e.is_var()) return Form::variable(Z3_get_index_value(e.ctx(), e));
    if (e.is_numeral()) return Form::number(mpz_class(Z3_get_numeral_string(e.ctx(), e)));
    if (!e.is_app()) throw Strange();
    Form sum;
    switch (e.decl().decl_kind()) {
        case Z3_OP_ADD:
            for (unsigned k = 0; k < e.num_args(); ++k) sum = plus(sum, 1, form_of(e.arg(k)));
            return sum;
        case Z3_OP_SUB:
            sum = form_of(e.arg(0));
            for (unsigned k = 1; k < e.num_args(); ++k) sum = plus(sum, -1, form_of(e.arg(k)));
            return sum;
        case Z3_OP_UMINUS: return negative(form_of(e.arg(0)));
        case Z3_OP_MUL: {
            if (e.num_args() != 2) throw Strange();
            const Form left = form_of(e.arg(0)), right = form_of(e.arg(1));
            if (left.is_constant()) return plus({}, left.constant, right);
            if (right.is_constant()) return plus({}, right.constant, left);
            throw Strange();
        }
        default: throw Strange();
    }
}

Lists either(Lists a, const Lists& b) {
    a.insert(a.end(), b.begin(), b.end());
    if (a.size() > most_lists) throw Strange();
    return a;
}

Lists both(const Lists& a, const Lists& b) {
    if (a.size() * b.size() > most_lists) throw Strange();
    Lists all;
    for (const List& x : a)
        for (const List& y : b) {
            List& list = all.emplace_back(x);
            list.insert(list.end(), y.begin(), y.end());
        }
    return all;
}

/// right − left is at least `gap`.
Lists at_least(const Form& left, const Form& right, long gap) { return {{{plus(plus(right, -1, left), -gap), false}}}; }

/// The cases in which a formula holds, or does not.
Lists cases(const z3::expr& e, bool holds) {
    if (!e.is_app()) throw Strange();
    const auto kind = e.decl().decl_kind();
    const auto join = [&](bool conjunction) {
        Lists all = conjunction ? Lists{{}} : Lists{};
        for (unsigned k = 0; k < e.num_args(); ++k)
            all = conjunction ? both(all, cases(e.arg(k), holds)) : either(all, cases(e.arg(k), holds));
        return all;
    };
    switch (kind) {
        case Z3_OP_TRUE: return holds ? Lists{{}} : Lists{};
        case Z3_OP_FALSE: return holds ? Lists{} : Lists{{}};
        case Z3_OP_NOT: return cases(e.arg(0), !holds);
        case Z3_OP_AND: return join(holds);
        case Z3_OP_OR: return join(!holds);
        case Z3_OP_IMPLIES:
            return holds ? either(cases(e.arg(0), false), cases(e.arg(1), true))
                         : both(cases(e.arg(0), true), cases(e.arg(1), false));
        default: break;
    }
    if (e.num_args() != 2 || !e.arg(0).is_int()) throw Strange();
    const Form left = form_of(e.arg(0)), right = form_of(e.arg(1));
    switch (kind) {
        case Z3_OP_LE: return holds ? at_least(left, right, 0) : at_least(right, left, 1);
        case Z3_OP_GE: return holds ? at_least(right, left, 0) : at_least(left, right, 1);
        case Z3_OP_LT: return holds ? at_least(left, right, 1) : at_least(right, left, 0);
        case Z3_OP_GT: return holds ? at_least(right, left, 1) : at_least(left, right, 0);
        case Z3_OP_EQ:
            if (holds) return {{{plus(right, -1, left), true}}};
            return either(at_least(left, right, 1), at_least(right, left, 1));
        default: throw Strange();
    }
}

Invariant invariant_of(const z3::model& model, const System& system) {
    Invariant invariant{std::vector<Lists>(system.next.size())};
    for (unsigned k = 0; k < model.num_funcs(); ++k) {
        const z3::func_decl predicate = model.get_func_decl(k);
        const std::string name = predicate.name().str();
        if (!name.starts_with("inv")) throw Strange();
        invariant.states.at(std::stoul(name.substr(3))) = cases(model.get_func_interp(predicate).else_value(), true);
    }
    return invariant;
}

}  // namespace

std::optional<Proof> invariant_of_spacer(const System& system, const base::Limits& limits) {
    if (system.counters == 0) return std::nullopt;
    try {
        z3::context context;
        z3::solver solver(context, "HORN");
        z3::params params(context);
        params.set("rlimit", effort);
        solver.set(params);
        solver.from_string(horn_clauses(system).c_str());
        {
            const logic::LimitWatcher watcher(limits, [&] { context.interrupt(); });
            if (solver.check() != z3::sat || limits.exceeded()) return std::nullopt;
        }
        Invariant invariant = invariant_of(solver.get_model(), system);
        auto shown = show_inductive(system, invariant, limits);
        if (!shown || shown->gap || !holds_at_start(invariant)) return std::nullopt;
        return Proof{std::move(invariant), std::move(shown->lines), system.counters, "spacer"};
    } catch (const z3::exception&) {
        return std::nullopt;  // interrupted, or more than its effort
    } catch (const Strange&) {
        return std::nullopt;
    }
}

}  // namespace attest::counting
