#include "originals.hpp"

#include "alike.hpp"
#include "answers_by_class.hpp"
#include "censuses.hpp"
#include "compared_models.hpp"
#include "counted_models.hpp"
#include "counting.hpp"
#include "definitions.hpp"
#include "invariants.hpp"
#include "maxima.hpp"
#include "orders.hpp"
#include "planes.hpp"
#include "rounded.hpp"
#include "simulations.hpp"
#include "straight.hpp"
#include "two_models_at_every_length.hpp"

namespace forgeries {
namespace {

const Originals& all_originals() {
    static const Originals all = [] {
        Originals sum;
        for (const Originals& some : {originals_about_words(),
                                      originals_by_refutation(),
                                      originals_about_classes(),
                                      originals_of_soft_models(),
                                      originals_of_version_2(),
                                      originals_of_two_models(),
                                      originals_of_programs(),
                                      originals_about_regular_languages(),
                                      originals_of_every_length(),
                                      originals_of_languages(),
                                      originals_of_two_models_at_every_length(),
                                      originals_of_alike(),
                                      originals_of_answers_by_class(),
                                      originals_of_machines(),
                                      originals_of_orders(),
                                      originals_of_maxima(),
                                      originals_of_censuses(),
                                      originals_of_rounded(),
                                      originals_of_definitions(),
                                      originals_of_invariants(),
                                      originals_of_counting(),
                                      originals_of_counted_symbols(),
                                      originals_of_eliminated_formulas(),
                                      originals_of_straight_programs(),
                                      originals_of_counted_models(),
                                      originals_of_compared_models(),
                                      originals_of_planes()})
            sum.insert(some.begin(), some.end());
        return sum;
    }();
    return all;
}

}  // namespace

const Certificate& original(const std::string& name) {
    static std::map<std::string, Certificate> made;
    const auto found = made.find(name);
    return found != made.end() ? found->second : made.emplace(name, all_originals().at(name)()).first->second;
}

std::vector<std::string> names_of_originals() {
    std::vector<std::string> names;
    for (const auto& [name, make] : all_originals()) names.push_back(name);
    return names;
}

}  // namespace forgeries
