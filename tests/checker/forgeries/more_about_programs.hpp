#pragma once

#include "forgery.hpp"

namespace forgeries {

Section more_about_programs();

}  // namespace forgeries
