#include "alike.hpp"
#include "answers_by_class.hpp"
#include "averages.hpp"
#include "censuses.hpp"
#include "compared_models.hpp"
#include "counted_models.hpp"
#include "counting.hpp"
#include "definitions.hpp"
#include "diagrams.hpp"
#include "forgery.hpp"
#include "invariants.hpp"
#include "maxima.hpp"
#include "more_about_programs.hpp"
#include "orders.hpp"
#include "peelings.hpp"
#include "planes.hpp"
#include "regions.hpp"
#include "rounded.hpp"
#include "simulations.hpp"
#include "straight.hpp"
#include "two_models_at_every_length.hpp"

namespace forgeries {

std::vector<Section> all_sections() {
    return {files(),
            manifests(),
            limits(),
            questions(),
            collections(),
            languages(),
            circuits(),
            formulas(),
            proofs(),
            parity_proofs(),
            classes(),
            class_formulas(),
            bounds(),
            peelings(),
            censuses(),
            networks(),
            restrictions(),
            softmax_layers(),
            soft_models(),
            two_models(),
            counts_of_mistakes(),
            removals(),
            invariances(),
            regions(),
            models(),
            models_of_version_2(),
            tables(),
            programs(),
            tasks_of_programs(),
            program_circuits(),
            answers_by_class(),
            every_length(),
            two_models_at_every_length(),
            classes_of_languages(),
            too_few_layers(),
            diagrams(),
            averages(),
            more_about_programs(),
            simulations(),
            loops_of_programs(),
            orders(),
            maxima(),
            rounded(),
            definitions(),
            invariants_of_steps(),
            straight_programs(),
            counting(),
            counted_models(),
            compared_models(),
            cutting_planes(),
            counted_symbols(),
            invariants_with_guesses(),
            alike()};
}

}  // namespace forgeries
