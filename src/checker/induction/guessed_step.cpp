#include <algorithm>

#include "checker/induction/guesses.hpp"
#include "checker/induction/step.hpp"
#include "checker/induction/step_parts.hpp"
#include "checker/translation/word_inputs.hpp"

// FORMAT.md, section 40, "Latches" and "Gates", in the order of the text.

namespace attest::checker {
namespace {

/// Where a register's parts are.
struct RegisterPlace {
    std::size_t far = 0, right = 0;  ///< latches
    Literals guessed;                ///< by kind to the right: that it is what comes
    Literal none_guessed = top;
};

class GuessedBuilder {
  public:
    GuessedBuilder(const Question& question, const Automaton& automaton, const Scale& scale, Budget& budget)
        : question_(question),
          automaton_(automaton),
          scale_(scale),
          budget_(budget),
          possible_(question, scale, budget),
          step_(lay_out()),
          circuit_(step_.circuit) {
        for (std::size_t k = 0; k < step_.initial.size(); ++k) now_.push_back(step_.latch(k));
        step_.next.assign(now_.size(), bottom);
        for (std::size_t a = 0; a < question.alphabet.size(); ++a)
            letters_.push_back(WordInputs{question.alphabet.size(), 1}.present(1, a));
        if (question.model->begin) letter_comes_ = now_[begun_];
    }

    MachineStep build() {
        take_guesses();
        add_phases();
        Literals held = first_values();
        const std::size_t layers = question_.model->layers.size();
        for (std::size_t l = 0; l < layers; ++l) {
            remember(l, held);
            if (l < possible_.inner.steps.size()) held = values_above(possible_.inner, l, held, now_);
        }
        if (has_begun_) step_.next[begun_] = top;
        if (possible_.has_guesses()) {
            const Literal wrong = circuit_.disjunction(std::move(wrong_));
            step_.next[fits_] = circuit_.conjunction(now_[fits_], negated(circuit_.conjunction(now_[begun_], wrong)));
            bad_.push_back(step_.next[fits_]);
        }
        const Literal accept =
            question_.model->end ? at_end() : accepted(possible_.inner.values.back(), std::move(held));
        if (!question_.model->end)
            for (const auto& heads : places_)
                for (const auto& of_head : heads)
                    for (const RegisterPlace& place : of_head) bad_.push_back(place.none_guessed);
        const Literals states = next_states(circuit_, automaton_, question_.letters, letters_,
                                            std::span(now_).subspan(states_), letter_comes_, budget_);
        std::copy(states.begin(), states.end(), step_.next.begin() + static_cast<std::ptrdiff_t>(states_));
        Literals in;
        for (std::size_t q = 0; q < automaton_.accepting.size(); ++q)
            if (automaton_.accepting[q]) in.push_back(step_.next[states_ + q]);
        const Literal member = circuit_.disjunction(std::move(in));
        bad_.push_back(letter_comes_);
        bad_.push_back(circuit_.parity(accept, member));
        step_.bad = circuit_.conjunction(std::move(bad_));
        return std::move(step_);
    }

  private:
    MachineStep lay_out() {
        std::size_t latches = 0;
        const auto add = [&](std::size_t count) {
            budget_.memory(64, count);
            latches += count;
            return latches - count;
        };
        has_begun_ = question_.model->begin || possible_.has_guesses();
        if (has_begun_) begun_ = add(1);
        if (has_phase_latches()) phases_ = add(possible_.phases.size());
        if (possible_.has_guesses()) fits_ = add(1);
        std::size_t guesses = 0;
        for (std::size_t l = 0; l < possible_.registers.size(); ++l) {
            near_.push_back(add(possible_.window(l) * (possible_.window(l) > 0 ? size_of_window(l) : 0)));
            auto& of_layer = places_.emplace_back();
            for (const auto& registers : possible_.registers[l]) {
                auto& of_head = of_layer.emplace_back();
                for (const GuessedRegister& reg : registers) {
                    RegisterPlace& place = of_head.emplace_back();
                    place.far = add(reg.far.size());
                    place.right = add(reg.right.size());
                    guesses += reg.right.size();
                }
            }
        }
        states_ = add(automaton_.accepting.size());
        std::vector<bool> initial(latches, false);
        if (has_phase_latches()) initial[phases_] = true;
        if (possible_.has_guesses()) initial[fits_] = true;
        initial[states_ + automaton_.start] = true;
        letter_inputs_ = WordInputs{question_.alphabet.size(), 1}.count();
        return {Circuit(letter_inputs_ + guesses + latches, budget_),
                letter_inputs_ + guesses,
                std::move(initial),
                {},
                bottom};
    }

    std::size_t size_of_window(std::size_t l) const { return possible_.inner.values[l].size(); }
    bool has_phase_latches() const { return possible_.phases.size() > 1; }

    /// The literal of a phase; phases are numbered as they come, from that of position 1.
    Literal phase(std::size_t f, const Literals& latches) const {
        return has_phase_latches() ? latches[phases_ + f] : top;
    }

    /// The first guess that is made for a register counts.
    void take_guesses() {
        std::size_t input = letter_inputs_;
        for (std::size_t l = 0; l < places_.size(); ++l)
            for (std::size_t h = 0; h < places_[l].size(); ++h)
                for (std::size_t r = 0; r < places_[l][h].size(); ++r) {
                    RegisterPlace& place = places_[l][h][r];
                    for (std::size_t k = 0; k < possible_.registers[l][h][r].right.size(); ++k) {
                        const auto made = static_cast<Literal>(2 * ++input);
                        place.guessed.push_back(circuit_.conjunction(place.none_guessed, made));
                        place.none_guessed = circuit_.conjunction(place.none_guessed, negated(made));
                        step_.next[place.right + k] = place.guessed.back();
                    }
                }
    }

    void add_phases() {
        if (!has_phase_latches()) return;
        for (std::size_t f = 0; f < possible_.phases.size(); ++f) {
            Literals before;
            for (const std::size_t g : possible_.phases)
                if (scale_.after(g) == f) before.push_back(phase(g, now_));
            step_.next[phases_ + f] = circuit_.disjunction(std::move(before));
        }
    }

    Literals first_values() {
        std::vector<Literals> cases(possible_.inner.values[0].size());
        auto value = possible_.inner.first.begin();
        for (const Literal letter : letters_)
            for (const std::size_t f : possible_.letter_phases)
                cases[*value++].push_back(circuit_.conjunction({letter_comes_, letter, phase(f, now_)}));
        if (question_.model->begin) cases[*value].push_back(negated(letter_comes_));
        return any_of_each(circuit_, std::move(cases));
    }

    /// By kind: that one of these values, whose literals these are, is of it.
    Literals of_kinds(std::size_t l, std::size_t h, std::size_t query, const std::vector<std::size_t>& kinds,
                      const std::vector<HeldValue>& values, const Literal* literals) {
        std::vector<Literals> cases(kinds.size());
        for (std::size_t v = 0; v < values.size(); ++v) {
            budget_.step(kinds.size(), 4);
            const std::size_t found = possible_.kind(l, h, query, values[v]);
            for (std::size_t k = 0; k < kinds.size(); ++k)
                if (kinds[k] == found) cases[k].push_back(literals[v]);
        }
        return any_of_each(circuit_, std::move(cases));
    }

    /// By kind: that the better one of a left and a right position is of it. Only some kinds may be left.
    template <typename MayBeLeft>
    Literals better(std::size_t l, std::size_t h, Spot spot, const std::vector<std::size_t>& kinds,
                    const MayBeLeft& may_be_left, const Literals& left, const Literals& right) {
        Preference& preference = possible_.sequence().preference(l, h);
        const auto right_wins = [&](std::size_t a, std::size_t b) {
            return preference.certainly_later(spot, kinds[a], spot, kinds[b]);
        };
        Literals result;
        for (std::size_t k = 0; k < kinds.size(); ++k) {
            Literals over, under;
            for (std::size_t o = 0; o < kinds.size(); ++o)
                if (o != k && may_be_left(o) && !right_wins(o, k)) over.push_back(left[o]);
            const Literal on_the_right = circuit_.conjunction(right[k], negated(circuit_.disjunction(std::move(over))));
            if (!may_be_left(k)) {
                result.push_back(on_the_right);
                continue;
            }
            for (std::size_t o = 0; o < kinds.size(); ++o)
                if (o != k && right_wins(k, o)) under.push_back(right[o]);
            const Literal on_the_left = circuit_.conjunction(left[k], negated(circuit_.disjunction(std::move(under))));
            result.push_back(circuit_.disjunction(on_the_right, on_the_left));
        }
        return result;
    }

    /// The window and the registers of a layer after a position.
    void remember(std::size_t l, const Literals& held) {
        const std::size_t size = possible_.window(l) > 0 ? size_of_window(l) : 0;
        for (std::size_t d = 0; d < possible_.window(l); ++d)
            for (std::size_t v = 0; v < size; ++v)
                step_.next[near_[l] + d * size + v] = d == 0 ? held[v] : now_[near_[l] + (d - 1) * size + v];
        for (std::size_t h = 0; h < places_[l].size(); ++h)
            for (std::size_t r = 0; r < places_[l][h].size(); ++r) {
                const GuessedRegister& reg = possible_.registers[l][h][r];
                const auto window = static_cast<std::size_t>(possible_.sequence().preference(l, h).window());
                const Literal* leaving = window == 0 ? held.data() : now_.data() + near_[l] + (window - 1) * size;
                if (!reg.far.empty()) remember_far(l, h, reg, places_[l][h][r], leaving);
                if (!reg.right.empty()) hold_guess(l, h, reg, places_[l][h][r], held);
            }
    }

    void remember_far(std::size_t l, std::size_t h, const GuessedRegister& reg, const RegisterPlace& place,
                      const Literal* leaving) {
        const Literals comes = of_kinds(l, h, reg.query, reg.far, possible_.inner.values[l], leaving);
        const Literals was(now_.begin() + static_cast<std::ptrdiff_t>(place.far),
                           now_.begin() + static_cast<std::ptrdiff_t>(place.far + reg.far.size()));
        const Literals best = better(
            l, h, is_far, reg.far, [](std::size_t) { return true; }, was, comes);
        for (std::size_t k = 0; k < best.size(); ++k) step_.next[place.far + k] = best[k];
    }

    /// What was guessed before this position against what it is and what is guessed now.
    void hold_guess(std::size_t l, std::size_t h, const GuessedRegister& reg, const RegisterPlace& place,
                    const Literals& held) {
        const Literals here = of_kinds(l, h, reg.query, reg.right, possible_.inner.values[l], held.data());
        const Literals best = better(
            l, h, is_right, reg.right, [&](std::size_t k) -> bool { return reg.also_left[k]; }, here, place.guessed);
        for (std::size_t k = 0; k < best.size(); ++k) wrong_.push_back(circuit_.parity(now_[place.right + k], best[k]));
    }

    /// Nothing, then each of these latches.
    Literals or_nothing(const Literals& latches, std::size_t first, std::size_t count) {
        Literals none, all;
        for (std::size_t k = 0; k < count; ++k) none.push_back(negated(latches[first + k]));
        all.push_back(circuit_.conjunction(std::move(none)));
        for (std::size_t k = 0; k < count; ++k) all.push_back(latches[first + k]);
        return all;
    }

    Literals brought(std::size_t l, std::size_t h, const GuessedSearch& search, const Literals& latches) {
        Literals found{top};
        const RegisterPlace* place = nullptr;
        if (search.found_in != nullptr) {
            place = &places_[l][h][static_cast<std::size_t>(search.found_in - possible_.registers[l][h].data())];
            found = or_nothing(latches, place->far, search.found_in->far.size());
        }
        for (const GuessedLook& look : search.looks) {
            Literals there{top};
            if (look.spot == is_right) {
                there = {place->none_guessed};
                there.insert(there.end(), place->guessed.begin(), place->guessed.end());
            } else if (look.spot > 0) {
                const std::size_t size = size_of_window(l);
                there = or_nothing(latches, near_[l] + static_cast<std::size_t>(look.spot - 1) * size, size);
            }
            std::vector<Literals> cases(look.results);
            for (const auto& [was, comes, is] : look.cases)
                cases[is].push_back(circuit_.conjunction(found[was], there[comes]));
            found = any_of_each(circuit_, std::move(cases));
        }
        std::vector<Literals> cases;
        for (const auto& finds : search.finds) {
            Literals& some = cases.emplace_back();
            for (const std::size_t f : finds) some.push_back(found[f]);
        }
        return any_of_each(circuit_, std::move(cases));
    }

    Literals values_above(const GuessedColumn& column, std::size_t l, const Literals& held, const Literals& latches) {
        std::vector<Literals> cases(column.values[l + 1].size());
        for (std::size_t v = 0; v < held.size(); ++v) {
            const GuessedValueStep& step = column.steps[l][v];
            std::vector<Literals> by_head;
            for (std::size_t h = 0; h < step.searches.size(); ++h)
                by_head.push_back(brought(l, h, step.searches[h], latches));
            for (const auto& [chosen, result] : step.cases) {
                Literals all{held[v]};
                for (std::size_t h = 0; h < chosen.size(); ++h) all.push_back(by_head[h][chosen[h]]);
                cases[result].push_back(circuit_.conjunction(std::move(all)));
            }
        }
        return any_of_each(circuit_, std::move(cases));
    }

    /// The end symbol behind the letter that is read.
    Literal at_end() {
        const GuessedColumn& ends = possible_.ends;
        std::vector<Literals> cases(ends.values[0].size());
        for (std::size_t f = 0; f < possible_.letter_phases.size(); ++f)
            cases[ends.first[f]].push_back(phase(possible_.letter_phases[f], step_.next));
        Literals held = any_of_each(circuit_, std::move(cases)), wrong;
        for (std::size_t l = 0; l < question_.model->layers.size(); ++l) {
            for (std::size_t h = 0; h < places_[l].size(); ++h)
                for (std::size_t r = 0; r < places_[l][h].size(); ++r) {
                    const GuessedRegister& reg = possible_.registers[l][h][r];
                    if (reg.right.empty()) continue;
                    const Literals is = of_kinds(l, h, reg.query, reg.right, ends.values[l], held.data());
                    for (std::size_t k = 0; k < is.size(); ++k)
                        wrong.push_back(circuit_.parity(places_[l][h][r].guessed[k], is[k]));
                }
            held = values_above(ends, l, held, step_.next);
        }
        if (possible_.has_guesses()) bad_.push_back(negated(circuit_.disjunction(std::move(wrong))));
        return accepted(ends.values.back(), held);
    }

    Literal accepted(const std::vector<HeldValue>& values, const Literals& literals) {
        Literals accepting;
        for (std::size_t v = 0; v < literals.size(); ++v)
            if (possible_.accepted(values[v])) accepting.push_back(literals[v]);
        return circuit_.disjunction(std::move(accepting));
    }

    const Question& question_;
    const Automaton& automaton_;
    Scale scale_;
    Budget& budget_;
    GuessedValues possible_;
    bool has_begun_ = false;
    std::size_t begun_ = 0, phases_ = 0, fits_ = 0, states_ = 0, letter_inputs_ = 0;
    std::vector<std::size_t> near_;                                ///< by layer
    std::vector<std::vector<std::vector<RegisterPlace>>> places_;  ///< [layer × head × register]
    MachineStep step_;
    Circuit& circuit_;
    Literals now_, letters_;
    Literal letter_comes_ = top;  ///< not the begin symbol
    Literals wrong_, bad_;        ///< of guesses; all of which is so where it is bad
};

}  // namespace

MachineStep build_guessed_step(const Question& question, const Automaton& automaton, const Scale& scale,
                               Budget& budget) {
    return GuessedBuilder(question, automaton, scale, budget).build();
}

}  // namespace attest::checker
